"""Mistakes in `layer_output_shape`."""

from autograder.checks import change

change(
    "output_shape_always_up",
    """
    if layer["kind"] == "pool" and layer["ceil"]:
        return math.ceil(span / layer["stride"]) + 1
    return span // layer["stride"] + 1
    """,
    """
    return math.ceil(span / layer["stride"]) + 1
    """,
    say=(
        "You round up everywhere, so that a window may hang over the border. Round down with `//`, "
        "and up only for a pooling whose `ceil` is True."
    ),
    fails=("layer_output_shape", "layer_macs", "layer_memory", "cost_table"),
)

change(
    "output_shape_ceil_ignored",
    """
    span = pixels - layer["kernel"] + 2 * layer["padding"]
    if layer["kind"] == "pool" and layer["ceil"]:
        return math.ceil(span / layer["stride"]) + 1
    """,
    """
    span = pixels - layer["kernel"] + 2 * layer["padding"]
    """,
    say=(
        "You round every pooling down. Where its description says `ceil`, round the quotient up "
        "before you add 1: `math.ceil(span / stride) + 1`."
    ),
    fails=("layer_output_shape", "cost_table"),
)

change(
    "output_shape_channels_first",
    'return size(height), size(width), layer["filters"] if layer["kind"] == "conv" else channels',
    'return layer["filters"] if layer["kind"] == "conv" else channels, size(height), size(width)',
    say=(
        "You put the channels first. In this notebook shapes stand as (height, width, channels), "
        "as in Keras."
    ),
    fails=("layer_output_shape", "cost_table"),
)

change(
    "output_shape_dense_on_last_axis",
    'return (layer["units"],)',
    'return (*shape[:-1], layer["units"])',
    say=(
        "You let the dense layer work on the channels and keep height and width, as Keras does on "
        "unflattened maps. Here every unit sees all values: the output is (units,)."
    ),
    fails=("layer_output_shape", "layer_macs", "cost_table"),
)

change(
    "output_shape_flatten_without_channels",
    "return (math.prod(shape),)",
    "return (math.prod(shape[:2]),)",
    say=(
        "Your flatten multiplies height and width only. The vector holds every value of the map: "
        "multiply all entries of the shape."
    ),
    fails=("layer_output_shape", "cost_table"),
)

change(
    "output_shape_input_channels",
    'return size(height), size(width), layer["filters"] if layer["kind"] == "conv" else channels',
    "return size(height), size(width), channels",
    say=(
        "Your convolution puts out as many channels as it gets. Each filter makes one channel, so "
        "the last entry is `filters`."
    ),
    fails=("layer_output_shape", "layer_macs", "layer_memory", "cost_table"),
)

change(
    "output_shape_padding_once",
    'span = pixels - layer["kernel"] + 2 * layer["padding"]',
    'span = pixels - layer["kernel"] + layer["padding"]',
    say=(
        "You add the padding once. There are P zeros on each of the two sides, so the size grows "
        "by 2 * P."
    ),
    fails=("layer_output_shape", "layer_macs", "layer_memory", "cost_table"),
)

change(
    "output_shape_sides_swapped",
    'return size(height), size(width), layer["filters"] if layer["kind"] == "conv" else channels',
    'return size(width), size(height), layer["filters"] if layer["kind"] == "conv" else channels',
    say=(
        "Your height and width have changed places. Shapes stand as (height, width, channels), in "
        "the input as in the output."
    ),
    fails=("layer_output_shape", "cost_table"),
)

change(
    "output_shape_without_one",
    'return span // layer["stride"] + 1',
    'return span // layer["stride"] + 0',
    say=(
        "You count the steps of the window and forget the place where it started. Add 1 after the "
        "division."
    ),
    fails=("layer_output_shape", "layer_macs", "layer_memory", "cost_table"),
)

change(
    "output_shape_not_rounded",
    'return span // layer["stride"] + 1',
    'return span / layer["stride"] + 1',
    say=(
        "Your sizes are not rounded, so they may have a fraction. A last window that does not "
        "fit is left out: divide with `//`."
    ),
    fails=("layer_output_shape", "layer_macs", "layer_memory", "cost_table"),
)


change(
    "output_shape_stride_ignored",
    'return span // layer["stride"] + 1',
    "return span + 1",
    say="You do not use the stride. The window moves by `stride` pixels: divide by it.",
    fails=("layer_output_shape", "layer_macs", "layer_memory", "cost_table"),
)


change(
    "output_shape_square",
    "return size(height), size(width),",
    "return size(height), size(height),",
    say="You use the height for the width as well. They need not be equal.",
    fails=("layer_output_shape", "layer_macs", "layer_memory", "cost_table"),
)


change(
    "output_shape_pool_filters",
    'layer["filters"] if layer["kind"] == "conv" else channels',
    'layer.get("filters", 1)',
    say="Your pooling puts out one channel. It keeps the channels of its input.",
    fails=("layer_output_shape", "layer_macs", "layer_memory", "cost_table"),
)


change(
    "output_shape_flatten_number",
    "return (math.prod(shape),)",
    "return math.prod(shape)",
    say="Your flatten gives a number. A shape is a tuple, here with one entry: `(units,)`.",
    fails=("layer_output_shape", "layer_macs", "cost_table"),
)


change(
    "output_shape_dense_number",
    'return (layer["units"],)',
    'return layer["units"]',
    say=("Your dense layer gives a number. A shape is a tuple, here with one entry: `(units,)`."),
    fails=("layer_output_shape", "layer_macs", "layer_memory", "cost_table"),
)

change(
    "output_shape_one_inside",
    'return span // layer["stride"] + 1',
    'return (span + 1) // layer["stride"]',
    say=(
        "You add the 1 before you divide by the stride. It counts the first window, and comes "
        "after the division."
    ),
    fails=("layer_output_shape", "layer_macs", "layer_memory", "cost_table"),
)


change(
    "output_shape_padding_ignored",
    'span = pixels - layer["kernel"] + 2 * layer["padding"]',
    'span = pixels - layer["kernel"]',
    say="You do not use the padding. There are P zeros on each of the two sides.",
    fails=("layer_output_shape", "layer_macs", "layer_memory", "cost_table"),
)
