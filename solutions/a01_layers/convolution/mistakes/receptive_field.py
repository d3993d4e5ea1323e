"""Mistakes in `receptive_field`."""

from autograder.checks import change

change(
    "dilation_ignored",
    """
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * jump
    """,
    """
    for kernel, stride, _ in layers:
        field += (kernel - 1) * jump
    """,
    say=(
        "You do not use the dilation in `receptive_field`. The K taps of a layer have K - 1 gaps "
        "of D values each."
    ),
)

change(
    "dilation_times_kernel",
    "field += dilation * (kernel - 1) * jump",
    "field += (dilation * kernel - 1) * jump",
    say=(
        "You take D * K - 1 for what a dilated layer adds. There are K - 1 gaps of D values, so it "
        "adds D * (K - 1)."
    ),
)

change(
    "jump_forgotten",
    """
    field, jump = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * jump
        jump *= stride
    """,
    """
    field = 1
    for kernel, _, dilation in layers:
        field += dilation * (kernel - 1)
    """,
    say=(
        "You add D * (K - 1) for every layer and leave out the jump. After a stride the neighbours "
        "of a layer lie further apart in the image: multiply by the product of all earlier "
        "strides."
    ),
)

change(
    "jump_too_early",
    """
    field += dilation * (kernel - 1) * jump
    jump *= stride
    """,
    """
    jump *= stride
    field += dilation * (kernel - 1) * jump
    """,
    say=(
        "You multiply the jump by a layer's stride before you use it. The stride of a layer "
        "spreads only the layers after it: first the field, then the jump."
    ),
)

change(
    "last_stride_only",
    "jump *= stride",
    "jump = stride",
    say=(
        "You use the stride of the previous layer as the jump. The strides of all earlier layers "
        "work together: multiply them."
    ),
)

change(
    "starts_at_zero",
    "field, jump = 1, 1",
    "field, jump = 0, 1",
    say=(
        "Your field is one pixel short. Before the first layer a value sees exactly one pixel, "
        "itself: start at 1."
    ),
)

change(
    "kernel_sum",
    "field += dilation * (kernel - 1) * jump",
    "field += dilation * kernel * jump",
    say=(
        "You add the whole kernel for every layer. It sees K values of which one is already "
        "there: add D (K - 1)."
    ),
)


change(
    "jump_added",
    "jump *= stride",
    "jump += stride - 1",
    say=(
        "You add the strides up. Each multiplies the distance that the ones before have made: "
        "jump *= stride."
    ),
)


change(
    "last_layer_only",
    "field += dilation * (kernel - 1) * jump",
    "field = 1 + dilation * (kernel - 1) * jump",
    say=(
        "Only the last layer counts in your field. Each layer adds to what the ones before see: +=."
    ),
)


change(
    "backwards",
    "for kernel, stride, dilation in layers:",
    "for kernel, stride, dilation in reversed(layers):",
    say=(
        "You go through the layers from the last to the first. The stride of a layer spreads "
        "the layers *after* it: begin with the first."
    ),
)


change(
    "both_returned",
    "return field",
    "return field, jump",
    say="You return field and jump. Only the field is asked for.",
)
