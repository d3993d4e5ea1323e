"""The quadratic inequality solved in whole numbers."""

import math


def break_even_width(channels, filters, kernel):
    square, both = kernel * kernel, channels + filters
    inside = both**2 + 4 * square**2 * channels * filters
    narrow = (math.isqrt(inside) - both) // (2 * square)
    saves = square * narrow**2 + both * narrow < square * channels * filters
    return narrow if saves else narrow - 1
