"""In which windows the pixel lies, before and after, without pooling."""

import numpy as np


def unchanged_fraction(width, kernel, stride, shift):
    spans = np.array(window_spans(width, kernel, stride))
    columns = np.arange(width)[:, np.newaxis]
    before = (spans[:, 0] <= columns) & (columns < spans[:, 1])
    after = (spans[:, 0] <= columns + shift) & (columns + shift < spans[:, 1])
    return (before == after).all(axis=1).mean()
