"""You let the window move by its own width. The step of the window is the stride: window i begins
at i * stride.
"""

FAILS = (
    "window_spans",
    "max_pool_forward",
    "max_pool_backward",
    "mean_pool_forward",
    "mean_pool_backward",
    "l2_pool_forward",
    "l2_pool_backward",
    "unchanged_fraction",
)


def window_spans(width, kernel, stride, ceil=False):
    last = width if ceil else width - kernel + 1
    return [(start, min(start + kernel, width)) for start in range(0, last, kernel)]
