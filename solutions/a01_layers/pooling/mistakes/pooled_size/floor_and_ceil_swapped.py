"""You round up where you should round down, and down with ceil=True. Without ceil a last window
that does not fit is left out: use `//` there.
"""

FAILS = (
    "pooled_size",
    "window_spans",
    "max_pool_forward",
    "max_pool_backward",
    "mean_pool_forward",
    "mean_pool_backward",
    "l2_pool_forward",
    "l2_pool_backward",
    "unchanged_fraction",
)


def pooled_size(width, kernel, stride, ceil=False):
    if ceil:
        return (width - kernel) // stride + 1
    places = -(-(width - kernel) // stride) + 1
    return places - 1 if (places - 1) * stride >= width else places
