"""Mistakes in `receptive_fields`."""

from autograder.checks import change

change(
    "from_zero",
    "field, jump, fields = 1, 1, []",
    "field, jump, fields = 0, 1, []",
    say="A value of the image sees one pixel, itself: start with r = 1, not with 0.",
)

change(
    "jump_first",
    """
    field += (kernel - 1) * jump
    jump *= stride
    """,
    """
    jump *= stride
    field += (kernel - 1) * jump
    """,
    say=(
        "You multiply the jump by the layer's own stride before its window is added. The values in "
        "the window are still as far apart as before: first r, then j."
    ),
)

change(
    "jump_forgotten",
    "field += (kernel - 1) * jump",
    "field += kernel - 1",
    say=(
        "You add K - 1 pixels for every layer. After a stride the values in the window are j "
        "pixels apart, so the layer adds (K - 1) j."
    ),
)

change(
    "pools_left_out",
    """
    field += (kernel - 1) * jump
    """,
    """
    if stride == 1:
        field += (kernel - 1) * jump
    """,
    say=(
        "You leave out the layers with a stride, as if pools had no window. A pool of 2 × 2 sees a "
        "step further, too."
    ),
)

change(
    "strides_added",
    "jump *= stride",
    "jump += stride - 1",
    say="You add the strides. Two strides of 2 after each other make a jump of 4: multiply them.",
)

change(
    "whole_kernel",
    "field += (kernel - 1) * jump",
    "field += kernel * jump",
    say=(
        "You add K for each layer. The window begins at a pixel that is seen already, so it only "
        "adds K - 1 steps."
    ),
)
