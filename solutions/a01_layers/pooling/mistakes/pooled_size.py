"""Mistakes in `pooled_size`."""

from autograder.checks import change, instead


@instead(
    "ceil_ignored",
    say=(
        "You always round down. With ceil=True the quotient is rounded up, for example with `-(-a "
        "// b)`."
    ),
    fails=(
        "pooled_size",
        "window_spans",
        "max_pool_forward",
        "max_pool_backward",
        "mean_pool_forward",
        "mean_pool_backward",
        "l2_pool_forward",
        "l2_pool_backward",
    ),
)
def pooled_size(width, kernel, stride, ceil=False):
    return (width - kernel) // stride + 1


@instead(
    "empty_window",
    say=(
        "You count a window that begins outside the image and sees no pixel at all. When the "
        "stride is larger than the kernel, check that the last window begins before pixel `width`."
    ),
    fails=("pooled_size", "window_spans"),
)
def pooled_size(width, kernel, stride, ceil=False):
    if ceil:
        return -(-(width - kernel) // stride) + 1
    return (width - kernel) // stride + 1


change(
    "floor_and_ceil_swapped",
    "if not ceil:",
    "if ceil:",
    say=(
        "You round up where you should round down, and down with ceil=True. Without ceil a last "
        "window that does not fit is left out: use `//` there."
    ),
    fails=(
        "pooled_size",
        "window_spans",
        "max_pool_forward",
        "max_pool_backward",
        "mean_pool_forward",
        "mean_pool_backward",
        "l2_pool_forward",
        "l2_pool_backward",
        "unchanged_fraction",
    ),
)


@instead(
    "kernel_forgotten",
    say=(
        "You divide the width by the stride and forget the size of the window. The last window "
        "needs `kernel` pixels from where it begins: count its steps in width - kernel pixels, "
        "then add 1."
    ),
    fails=(
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
    ),
)
def pooled_size(width, kernel, stride, ceil=False):
    return -(-width // stride) if ceil else width // stride


@instead(
    "without_one",
    say=(
        "You count the steps of the window and forget where it started. Add 1 for the first "
        "window, after the division."
    ),
    fails=(
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
    ),
)
def pooled_size(width, kernel, stride, ceil=False):
    places = -(-(width - kernel) // stride) if ceil else (width - kernel) // stride
    return places - 1 if ceil and places * stride >= width else places


change(
    "not_rounded",
    "return (width - kernel) // stride + 1",
    "return (width - kernel) / stride + 1",
    say=(
        "You do not round, so your number of windows may have a fraction. Without `ceil`, "
        "round down: `//`."
    ),
    fails=(
        "pooled_size",
        "window_spans",
        "max_pool_forward",
        "max_pool_backward",
        "mean_pool_forward",
        "mean_pool_backward",
        "l2_pool_forward",
        "l2_pool_backward",
        "global_pool_backward",
        "unchanged_fraction",
    ),
)


change(
    "stride_is_kernel",
    "return (width - kernel) // stride + 1",
    "return (width - kernel) // kernel + 1",
    say="You divide by the kernel. The window moves by `stride` pixels: divide by it.",
    fails=(
        "pooled_size",
        "window_spans",
        "max_pool_forward",
        "max_pool_backward",
        "mean_pool_forward",
        "mean_pool_backward",
        "l2_pool_forward",
        "l2_pool_backward",
        "unchanged_fraction",
    ),
)
