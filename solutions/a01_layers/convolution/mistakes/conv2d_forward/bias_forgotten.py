"""Your layer has no bias. Add bias[f] to every value of output channel f."""

import numpy as np

FAILS = ("conv2d_forward",)


def conv2d_forward(x, kernel, bias, stride=1, padding=0, dilation=1):
    padded = pad2d(x, ((padding, padding), (padding, padding)))
    batch, height, width, _ = padded.shape
    kernel_height, kernel_width, _, filters = kernel.shape
    covered_height = dilation * (kernel_height - 1) + 1
    covered_width = dilation * (kernel_width - 1) + 1
    rows = (height - covered_height) // stride + 1
    columns = (width - covered_width) // stride + 1
    result = np.zeros((batch, rows, columns, filters))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = padded[
                :,
                top : top + dilation * (kernel_height - 1) + 1 : dilation,
                left : left + dilation * (kernel_width - 1) + 1 : dilation,
                :,
            ]
            result[:, i, j, :] = np.tensordot(window, kernel, axes=3)
    return result
