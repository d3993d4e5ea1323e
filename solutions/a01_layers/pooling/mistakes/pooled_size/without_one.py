"""You count the steps of the window and forget where it started. Add 1 for the first window, after
the division.
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
    "global_pool_backward",
)


def pooled_size(width, kernel, stride, ceil=False):
    places = -(-(width - kernel) // stride) if ceil else (width - kernel) // stride
    return places - 1 if ceil and places * stride >= width else places
