"""Loops over the output positions, one window at a time."""

import numpy as np


def conv2d_forward(x, kernel, bias, stride=1, padding=0, dilation=1):
    kernel_height, kernel_width, _, filters = kernel.shape
    rows = output_size(x.shape[1], kernel_height, stride, padding, dilation)
    columns = output_size(x.shape[2], kernel_width, stride, padding, dilation)
    x = pad2d(x, ((padding, padding), (padding, padding)))
    result = np.empty((len(x), rows, columns, filters))
    for i in range(rows):
        for j in range(columns):
            row_taps = i * stride + dilation * np.arange(kernel_height)
            column_taps = j * stride + dilation * np.arange(kernel_width)
            window = x[:, row_taps][:, :, column_taps]
            result[:, i, j] = window.reshape(len(x), -1) @ kernel.reshape(-1, filters) + bias
    return result
