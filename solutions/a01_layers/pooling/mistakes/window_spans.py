"""Mistakes in `window_spans`."""

from autograder.checks import change

change(
    "beyond_the_border",
    "return [(start, min(start + kernel, width)) for start in starts]",
    "return [(start, start + kernel) for start in starts]",
    say=(
        "Your last window ends beyond the border when it is cut off. Let `stop` be at most "
        "`width`, or the number of pixels in the window will be counted wrongly."
    ),
)

change(
    "moved_back_inside",
    "return [(start, min(start + kernel, width)) for start in starts]",
    "return [(min(start, width - kernel), min(start + kernel, width)) for start in starts]",
    say=(
        "You move a window that hangs over the border back inside, so that it is whole again. It "
        "begins at i * stride like every other and is cut off at the border."
    ),
    fails=(
        "window_spans",
        "max_pool_forward",
        "max_pool_backward",
        "mean_pool_forward",
        "mean_pool_backward",
        "l2_pool_forward",
        "l2_pool_backward",
    ),
)

change(
    "stop_included",
    "return [(start, min(start + kernel, width)) for start in starts]",
    "return [(start, min(start + kernel, width) - 1) for start in starts]",
    say=(
        "Your stop is the last pixel of the window. A slice ends before its stop, so it must be "
        "the pixel after the last one: start + kernel."
    ),
    fails=(
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

change(
    "stride_is_kernel",
    """
    starts = [i * stride for i in range(pooled_size(width, kernel, stride, ceil))]
    return [(start, min(start + kernel, width)) for start in starts]
    """,
    """
    last = width if ceil else width - kernel + 1
    return [(start, min(start + kernel, width)) for start in range(0, last, kernel)]
    """,
    say=(
        "You let the window move by its own width. The step of the window is the stride: window i "
        "begins at i * stride."
    ),
    fails=(
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

change(
    "ceil_ignored",
    "pooled_size(width, kernel, stride, ceil)",
    "pooled_size(width, kernel, stride)",
    say=(
        "You always round down. With ceil=True there may be one window more, which is cut off "
        "at the border."
    ),
    fails=(
        "window_spans",
        "max_pool_forward",
        "max_pool_backward",
        "mean_pool_forward",
        "mean_pool_backward",
        "l2_pool_forward",
        "l2_pool_backward",
    ),
)


change(
    "last_window_missing",
    "range(pooled_size(width, kernel, stride, ceil))",
    "range(pooled_size(width, kernel, stride, ceil) - 1)",
    say=(
        "Your last window is missing. `range` leaves its end out already: range(pooled_size(...))."
    ),
    fails=(
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
    "starts_only",
    "return [(start, min(start + kernel, width)) for start in starts]",
    "return list(starts)",
    say="You return where each window begins. Pairs are asked for: (start, stop).",
    fails=(
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
    "widths",
    "return [(start, min(start + kernel, width)) for start in starts]",
    "return [(start, kernel) for start in starts]",
    say=(
        "Your second number is the width of the window. It is where the window ends: start + "
        "kernel, or the border."
    ),
    fails=(
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


change(
    "every_pixel",
    "starts = [i * stride for",
    "starts = [i for",
    say="Your windows begin at pixel i. Window number i begins at i * stride.",
    fails=(
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


change(
    "moved_by_the_kernel",
    "i * stride for i in range",
    "i * kernel for i in range",
    say="You move the window by its own width. Its step is the stride: window i begins at i * stride.",
    fails=(
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
