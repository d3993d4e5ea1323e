"""Your stop is the last pixel of the window. A slice ends before its stop, so it must be the pixel
after the last one: start + kernel.
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
    "global_pool_backward",
)


def window_spans(width, kernel, stride, ceil=False):
    starts = [i * stride for i in range(pooled_size(width, kernel, stride, ceil))]
    return [(start, min(start + kernel, width) - 1) for start in starts]
