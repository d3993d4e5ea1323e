"""Mistakes in `same_padding`."""

from autograder.checks import change

change(
    "extra_before",
    "return total // 2, total - total // 2",
    "return total - total // 2, total // 2",
    say=(
        "You put the extra zero before the first pixel. TensorFlow puts it after the last one: "
        "before gets P // 2, after gets the rest."
    ),
)

change(
    "negative",
    "total = max((places - 1) * stride + kernel - width, 0)",
    "total = (places - 1) * stride + kernel - width",
    say=(
        "Your padding becomes negative when the stride is larger than the kernel. No zeros are "
        "needed then: take the larger of P and 0."
    ),
)

change(
    "rounded_down",
    "places = -(-width // stride)  # rounded up",
    "places = width // stride",
    say=(
        "You round W / S down. With `same` the output has W / S values rounded up, `-(-width // "
        "stride)`, so that every pixel is met."
    ),
)

change(
    "symmetric",
    """
    places = -(-width // stride)  # rounded up
    total = max((places - 1) * stride + kernel - width, 0)
    return total // 2, total - total // 2
    """,
    """
    return (kernel - 1) // 2, (kernel - 1) // 2
    """,
    say=(
        "You pad (K - 1) // 2 on both sides, as the papers and PyTorch do. TensorFlow works out "
        "the total P from width and stride first, and an odd P does not split evenly."
    ),
)

change(
    "total",
    "return total // 2, total - total // 2",
    "return total, total",
    say=(
        "You put all the zeros on both sides. P counts both sides together: half of it goes "
        "before, the rest after."
    ),
)


change(
    "halves_not_rounded",
    "return total // 2, total - total // 2",
    "return total / 2, total / 2",
    say="You pad half a pixel. If P is odd, before gets P // 2 and after gets the rest.",
)


change(
    "same_size_as_the_input",
    "total = max((places - 1) * stride + kernel - width, 0)",
    "total = (width - 1) * stride + kernel - width",
    say=(
        "You pad until the output is as wide as the input. With a stride it has W / S values, "
        "rounded up."
    ),
)


change(
    "one_place_too_many",
    "(places - 1) * stride",
    "places * stride",
    say=(
        "You place one window too many: P places need (P - 1) steps of the stride, and then K "
        "pixels."
    ),
)
