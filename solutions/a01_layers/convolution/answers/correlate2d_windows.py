"""All windows at once, as a view."""

import numpy as np


def correlate2d(image, kernel, stride=1):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("ijmn,mn->ij", windows[::stride, ::stride], kernel)
