"""Mistakes in `network_receptive_fields`."""

from autograder.checks import change, instead

change(
    "receptive_fields_dense_keeps_field",
    """
    if field is None or layer["kind"] in ("flatten", "dense"):
        field = None
    else:
    """,
    """
    if layer["kind"] in ("conv", "pool"):
    """,
    say=(
        "You keep the field of the last window after a flatten or dense layer. There every value "
        "depends on the whole map, so write None."
    ),
    fails=("network_receptive_fields", "cost_table"),
)

change(
    "receptive_fields_jump_forgotten",
    "field, jump = 1, 1",
    "field = 1",
    """
    field += (layer["kernel"] - 1) * jump
    jump *= layer["stride"]
    """,
    """
    field += layer["kernel"] - 1
    """,
    say=(
        "You add K - 1 for every layer, whatever came before. After a stride the neighbours of a "
        "layer lie further apart in the image: multiply by the jump."
    ),
    fails=("network_receptive_fields", "cost_table"),
)

change(
    "receptive_fields_jump_too_early",
    """
    field += (layer["kernel"] - 1) * jump
    jump *= layer["stride"]
    """,
    """
    jump *= layer["stride"]
    field += (layer["kernel"] - 1) * jump
    """,
    say=(
        "You use the stride of a layer for the layer itself. It spreads only the layers after it: "
        "first the field, then the jump."
    ),
    fails=("network_receptive_fields", "cost_table"),
)


@instead(
    "receptive_fields_last_only",
    say=(
        "You return the field of the last layer. The table needs one entry for each layer: collect "
        "them in a list."
    ),
    fails=("network_receptive_fields", "cost_table"),
)
def receptive_fields(layers):
    field, jump = 1, 1
    for layer in layers:
        if layer["kind"] in ("flatten", "dense"):
            return None
        field += (layer["kernel"] - 1) * jump
        jump *= layer["stride"]
    return field


change(
    "receptive_fields_last_stride_only",
    'jump *= layer["stride"]',
    'jump = layer["stride"]',
    say=(
        "You take the stride of the last layer as the jump. All strides so far work together: "
        "multiply them."
    ),
    fails=("network_receptive_fields", "cost_table"),
)

change(
    "receptive_fields_pools_skipped",
    """
    field += (layer["kernel"] - 1) * jump
    jump *= layer["stride"]
    """,
    """
    if layer["kind"] == "conv":
        field += (layer["kernel"] - 1) * jump
        jump *= layer["stride"]
    """,
    say=(
        "You look at convolutions only. A pooling has a window and a stride too, and the rule is "
        "the same."
    ),
    fails=("network_receptive_fields", "cost_table"),
)

change(
    "receptive_fields_start_at_zero",
    "field, jump = 1, 1",
    "field, jump = 0, 1",
    say=(
        "Your fields are one pixel short. Before the first layer a value is one pixel and sees "
        "itself: start at 1."
    ),
    fails=("network_receptive_fields", "cost_table"),
)

change(
    "receptive_fields_whole_kernel",
    'field += (layer["kernel"] - 1) * jump',
    'field += layer["kernel"] * jump',
    say=(
        "You add K for each layer. The first tap of the window is already in the field, so a layer "
        "adds K - 1 jumps."
    ),
    fails=("network_receptive_fields", "cost_table"),
)

change(
    "receptive_fields_strides_added",
    'jump *= layer["stride"]',
    'jump += layer["stride"] - 1',
    say=(
        "You add the strides up. Each multiplies the distance that the ones before have made: "
        "jump *= stride."
    ),
    fails=("network_receptive_fields", "cost_table"),
)


change(
    "receptive_fields_window_of_pools_skipped",
    'field += (layer["kernel"] - 1) * jump',
    'field += (layer["kernel"] - 1) * jump if layer["kind"] == "conv" else 0',
    say=(
        "You use the stride of a pooling and not its window. The window makes the field larger, as "
        "that of a convolution does: (kernel - 1) jumps."
    ),
    fails=("network_receptive_fields", "cost_table"),
)


change(
    "receptive_fields_stride_of_pools_skipped",
    'jump *= layer["stride"]',
    'jump *= layer["stride"] if layer["kind"] == "conv" else 1',
    say=(
        "You use the window of a pooling and not its stride. It moves the neighbours apart, as that "
        "of a convolution does: multiply the jump by it."
    ),
    fails=("network_receptive_fields", "cost_table"),
)
