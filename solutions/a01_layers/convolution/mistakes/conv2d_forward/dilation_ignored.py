"""Your layer takes neighbouring pixels whatever `dilation` says. Tap (m, n) meets the pixel m *
dilation rows down and n * dilation columns to the right.
"""

import numpy as np

FAILS = ("conv2d_forward",)


def conv2d_forward(x, kernel, bias, stride=1, padding=0, dilation=1):
    padded = pad2d(x, ((padding, padding), (padding, padding)))
    batch, height, width, _ = padded.shape
    kernel_height, kernel_width, _, filters = kernel.shape
    covered_height = kernel_height
    covered_width = kernel_width
    rows = (height - covered_height) // stride + 1
    columns = (width - covered_width) // stride + 1
    result = np.zeros((batch, rows, columns, filters))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = padded[
                :,
                top : top + kernel_height,
                left : left + kernel_width,
                :,
            ]
            result[:, i, j, :] = np.tensordot(window, kernel, axes=3)
    return result + bias
