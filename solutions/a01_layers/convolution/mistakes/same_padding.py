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
