"""Your last window ends behind the border when it is cut off. Let `stop` be at most `width`, or the
number of pixels in the window will be counted wrongly.
"""

FAILS = ("window_spans",)


def window_spans(width, kernel, stride, ceil=False):
    starts = [i * stride for i in range(pooled_size(width, kernel, stride, ceil))]
    return [(start, start + kernel) for start in starts]
