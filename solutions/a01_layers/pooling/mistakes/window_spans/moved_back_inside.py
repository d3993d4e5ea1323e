"""You move a window that hangs over the border back inside, so that it is whole again. It begins at
i * stride like every other and is cut off at the border.
"""

FAILS = (
    "window_spans",
    "max_pool_forward",
    "max_pool_backward",
    "mean_pool_forward",
    "mean_pool_backward",
    "l2_pool_forward",
    "l2_pool_backward",
)


def window_spans(width, kernel, stride, ceil=False):
    starts = [i * stride for i in range(pooled_size(width, kernel, stride, ceil))]
    return [(min(start, width - kernel), min(start + kernel, width)) for start in starts]
