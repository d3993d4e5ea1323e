"""One window after the other, in plain loops."""

import numpy as np


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kernel_height, kernel_width = kernel_size
    rows = output_size(x.shape[1], kernel_height, stride, padding, dilation)
    columns = output_size(x.shape[2], kernel_width, stride, padding, dilation)
    padded = pad2d(x, ((padding, padding), (padding, padding)))
    windows = []
    for picture in padded:
        for top in range(0, rows * stride, stride):
            for left in range(0, columns * stride, stride):
                bottom = top + dilation * (kernel_height - 1) + 1
                right = left + dilation * (kernel_width - 1) + 1
                windows.append(picture[top:bottom:dilation, left:right:dilation].ravel())
    return np.stack(windows)
