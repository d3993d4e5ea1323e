"""Mistakes in `output_size`."""

from autograder.checks import change, instead

change(
    "dilation_ignored",
    """
    covered = dilation * (kernel - 1) + 1
    return (width + 2 * padding - covered) // stride + 1
    """,
    """
    return (width + 2 * padding - kernel) // stride + 1
    """,
    say=(
        "You do not use `dilation` in `output_size`. The taps lie D pixels apart, so replace K by "
        "the D * (K - 1) + 1 pixels that the kernel covers."
    ),
)

change(
    "dilation_times_kernel",
    """
    covered = dilation * (kernel - 1) + 1
    return (width + 2 * padding - covered) // stride + 1
    """,
    """
    return (width + 2 * padding - dilation * kernel) // stride + 1
    """,
    say=(
        "You let a dilated kernel cover D * K pixels. There are only K - 1 gaps of D pixels "
        "between K taps, so it covers D * (K - 1) + 1."
    ),
)

change(
    "padding_once",
    "return (width + 2 * padding - covered) // stride + 1",
    "return (width + padding - covered) // stride + 1",
    say=(
        "You add the padding once. There are P zeros on each of the two sides, so the input "
        "becomes 2 * P wider."
    ),
)

instead(
    "rounded_up",
    say=(
        "You round the number of windows up. The last window would then hang over the border of "
        "the image; round down with `//`, so that only windows that fit are counted."
    ),
)
import math


def output_size(width, kernel, stride=1, padding=0, dilation=1):
    covered = dilation * (kernel - 1) + 1
    return math.ceil((width + 2 * padding - covered) / stride) + 1


change(
    "without_one",
    "return (width + 2 * padding - covered) // stride + 1",
    "return (width + 2 * padding - covered) // stride",
    say=(
        "You count the steps of the window and forget where it started. Add 1 for the first "
        "window, after the division."
    ),
)

change(
    "not_rounded",
    "return (width + 2 * padding - covered) // stride + 1",
    "return (width + 2 * padding - covered) / stride + 1",
    say=(
        "You do not round down, so your number of windows may have a fraction. A last window "
        "that does not fit is left out: divide with `//`."
    ),
)


change(
    "stride_ignored",
    "return (width + 2 * padding - covered) // stride + 1",
    "return width + 2 * padding - covered + 1",
    say=(
        "You do not use `stride`. The window moves by `stride` pixels, so the way that it can "
        "go is divided by it."
    ),
)


change(
    "padding_ignored",
    "return (width + 2 * padding - covered) // stride + 1",
    "return (width - covered) // stride + 1",
    say=(
        "You do not use `padding`. There are P zeros on each of the two sides, so the input "
        "becomes 2 P wider."
    ),
)


change(
    "covers_one_less",
    "covered = dilation * (kernel - 1) + 1",
    "covered = dilation * (kernel - 1)",
    say=(
        "Your kernel covers one pixel too few. From the first tap to the last, both included, "
        "it covers D (K - 1) + 1 pixels."
    ),
)
