"""You divide the width by the stride and forget the size of the window. The last window needs
`kernel` pixels from where it begins: count its steps in width - kernel pixels, then add 1.
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
    return -(-width // stride) if ceil else width // stride
