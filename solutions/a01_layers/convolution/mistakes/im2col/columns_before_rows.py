"""Your rows run down the columns of a window. Go through it as the kernel is stored: first row
from left to right, then the second row.
"""

import numpy as np

FAILS = ("im2col", "conv2d_im2col")


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    padded = pad2d(x, ((padding, padding), (padding, padding)))
    kernel_height, kernel_width = kernel_size
    covered = (dilation * (kernel_height - 1) + 1, dilation * (kernel_width - 1) + 1)
    windows = np.lib.stride_tricks.sliding_window_view(padded, covered, axis=(1, 2))
    # (batch, output_height, output_width, channels, kernel_height, kernel_width)
    windows = windows[:, ::stride, ::stride, :, ::dilation, ::dilation]
    taps = kernel_height * kernel_width * x.shape[3]
    return windows.transpose(0, 1, 2, 5, 4, 3).reshape(-1, taps)
