"""All windows as a view, summed by einsum."""

import numpy as np


def conv2d_forward(x, kernel, bias, stride=1, padding=0, dilation=1):
    x = np.pad(x, [(0, 0), (padding, padding), (padding, padding), (0, 0)])
    covered = [dilation * (side - 1) + 1 for side in kernel.shape[:2]]
    windows = np.lib.stride_tricks.sliding_window_view(x, covered, axis=(1, 2))
    windows = windows[:, ::stride, ::stride, :, ::dilation, ::dilation]
    return np.einsum("bijcmn,mncf->bijf", windows, kernel, optimize=True) + bias
