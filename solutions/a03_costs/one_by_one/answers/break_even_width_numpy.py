"""All widths at once; the answer is a NumPy integer."""

import numpy as np


def break_even_width(channels, filters, kernel):
    widths = np.arange(1, kernel * max(channels, filters) + 1)
    bottleneck = widths * (channels + filters) + (kernel * widths) ** 2
    return np.sum(bottleneck < kernel**2 * channels * filters)
