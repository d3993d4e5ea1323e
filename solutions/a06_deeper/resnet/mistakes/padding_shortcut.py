"""Mistakes in `padding_shortcut`."""

from autograder.checks import change, instead

change(
    "padding_averages",
    """
    x = x[:, ::strides, ::strides]
    """,
    """
    if strides > 1:
        x = ops.average_pool(x, strides, strides, "same")
    """,
    say=(
        "You average over windows when you subsample. Option A just keeps every second row and "
        "column: `x[:, ::strides, ::strides]`."
    ),
    fails=("padding_shortcut", "cifar_resnet"),
)

change(
    "padding_in_front",
    "return ops.pad(x, [[0, 0], [0, 0], [0, 0], [0, filters - x.shape[-1]]])",
    "return ops.pad(x, [[0, 0], [0, 0], [0, 0], [filters - x.shape[-1], 0]])",
    say=(
        "Your zeros come before the channels of the input. Append them after: `[0, missing]` for "
        "the last axis, not `[missing, 0]`."
    ),
    fails=("padding_shortcut", "cifar_resnet"),
)


@instead(
    "padding_on_both_sides",
    say=(
        "You put half of the zeros before the channels and half after. The channels of the input "
        "must stay the first ones: append all zeros after them."
    ),
    fails=("padding_shortcut", "cifar_resnet"),
)
def padding_shortcut(x, filters, strides=1):
    x = x[:, ::strides, ::strides]
    return ops.pad(
        x,
        [
            [0, 0],
            [0, 0],
            [0, 0],
            [(filters - x.shape[-1]) // 2, filters - x.shape[-1] - (filters - x.shape[-1]) // 2],
        ],
    )


change(
    "padding_repeats_channels",
    """
    return ops.pad(x, [[0, 0], [0, 0], [0, 0], [0, filters - x.shape[-1]]])
    """,
    """
    copies = -(-filters // x.shape[-1])
    return ops.concatenate([x] * copies, axis=-1)[..., :filters]
    """,
    say=(
        "You fill the new channels with copies of the old ones. Option A fills them with zeros, so "
        "that they come from the branch alone."
    ),
    fails=("padding_shortcut", "cifar_resnet"),
)

change(
    "padding_starts_late",
    "x = x[:, ::strides, ::strides]",
    "x = x[:, strides - 1 :: strides, strides - 1 :: strides]",
    say=(
        "You skip the first row and column. Keep numbers 0, s, 2s and so on: the slice starts at "
        "the beginning, `::strides`."
    ),
    fails=("padding_shortcut", "cifar_resnet"),
)
