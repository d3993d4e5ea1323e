"""One array of starts, cut off by np.minimum."""

import numpy as np


def window_spans(width, kernel, stride, ceil=False):
    starts = stride * np.arange(pooled_size(width, kernel, stride, ceil))
    return np.stack([starts, np.minimum(starts + kernel, width)], axis=1).tolist()
