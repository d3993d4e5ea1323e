"""The kernel flattened explicitly, the output shape inferred from one side."""

import numpy as np


def conv2d_im2col(x, kernel, bias, stride=1, padding=0, dilation=1):
    side_height, side_width, channels, filters = kernel.shape
    windows = im2col(x, (side_height, side_width), stride, padding, dilation)
    windows = windows.reshape(-1, side_height, side_width, channels)
    product = np.tensordot(windows, kernel, axes=3)
    rows = (x.shape[1] + 2 * padding - dilation * (side_height - 1) - 1) // stride + 1
    return (product + bias).reshape(x.shape[0], rows, -1, filters)
