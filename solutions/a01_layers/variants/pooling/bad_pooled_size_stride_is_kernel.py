"""You let the window move by its own width and ignore `stride`. Pooling windows may overlap: divide
by the stride.
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
    return -(-width // kernel) if ceil else width // kernel
