"""You begin window i at pixel i * kernel. The step of the window is the stride: begin at i *
stride.
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
    starts = [i * kernel for i in range(pooled_size(width, kernel, stride, ceil))]
    return [(start, min(start + kernel, width)) for start in starts]
