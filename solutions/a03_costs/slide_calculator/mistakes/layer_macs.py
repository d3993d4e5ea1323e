"""Mistakes in `layer_macs`."""

from autograder.checks import change

change(
    "macs_biases_added",
    'return outputs * layer["kernel"] ** 2 * (shape[-1] // layer["groups"])',
    'return outputs * (layer["kernel"] ** 2 * (shape[-1] // layer["groups"]) + layer["bias"])',
    "return outputs * math.prod(shape)",
    'return outputs * (math.prod(shape) + layer["bias"])',
    say=(
        "You add one operation for the bias of each output value. Biases are not counted among the "
        "multiply-adds."
    ),
    fails=("layer_macs", "cost_table"),
)

change(
    "macs_counted_as_two",
    'return outputs * layer["kernel"] ** 2 * (shape[-1] // layer["groups"])',
    'return 2 * outputs * layer["kernel"] ** 2 * (shape[-1] // layer["groups"])',
    "return outputs * math.prod(shape)",
    "return 2 * outputs * math.prod(shape)",
    say=(
        "You count a multiply-add as two operations. On these slides one multiplication with its "
        "addition is one: leave out the factor 2."
    ),
    fails=("layer_macs", "cost_table"),
)

change(
    "macs_groups_ignored",
    'return outputs * layer["kernel"] ** 2 * (shape[-1] // layer["groups"])',
    'return outputs * layer["kernel"] ** 2 * shape[-1]',
    say=(
        "You multiply each filter with all input channels. In a layer with groups a filter has "
        "weights for `channels / groups` of them."
    ),
    fails=("layer_macs", "cost_table"),
)

change(
    "macs_input_positions",
    """
    return outputs * layer["kernel"] ** 2 * (shape[-1] // layer["groups"])
    """,
    """
    places = math.prod(shape[:2])
    seen = shape[-1] // layer["groups"]
    return places * layer["filters"] * layer["kernel"] ** 2 * seen
    """,
    say=(
        "You let the window stand at every pixel of the input. With a stride, or without padding, "
        "there are fewer places: count height and width of the output."
    ),
    fails=("layer_macs", "cost_table"),
)

change(
    "macs_kernel_once",
    'return outputs * layer["kernel"] ** 2 * (shape[-1] // layer["groups"])',
    'return outputs * layer["kernel"] * (shape[-1] // layer["groups"])',
    say="You count K products in a window. It has K * K pixels.",
    fails=("layer_macs", "cost_table"),
)

change(
    "macs_one_filter",
    'return outputs * layer["kernel"] ** 2 * (shape[-1] // layer["groups"])',
    'return outputs // layer["filters"] * layer["kernel"] ** 2 * (shape[-1] // layer["groups"])',
    say=(
        "You counted one filter. Each position of the output takes the products of all filters: "
        "multiply by `filters` too."
    ),
    fails=("layer_macs", "cost_table"),
)

change(
    "macs_pools_always",
    'if layer["kind"] == "pool" and pools:',
    'if layer["kind"] == "pool":',
    say=(
        "You count poolings whatever `pools` says. They cost K * K for each output value only with "
        "`pools=True`, and nothing by default."
    ),
    fails=("layer_macs", "cost_table"),
)

change(
    "macs_pools_never",
    """
    if layer["kind"] == "pool" and pools:
        return outputs * layer["kernel"] ** 2
    return 0
    """,
    """
    return 0
    """,
    say=(
        "You never count poolings. With `pools=True` each value that a pooling puts out costs K * "
        "K operations."
    ),
    fails=("layer_macs", "cost_table"),
)

change(
    "macs_pools_sum_channels",
    """
    if layer["kind"] == "pool" and pools:
        return outputs * layer["kernel"] ** 2
    """,
    """
    if layer["kind"] == "pool" and pools:
        return outputs * layer["kernel"] ** 2 * shape[-1]
    """,
    say=(
        "You let a pooling add up its channels, as a convolution does. It looks at each channel on "
        "its own: K * K for each output value."
    ),
    fails=("layer_macs", "cost_table"),
)

change(
    "macs_of_the_parameters",
    'return outputs * layer["kernel"] ** 2 * (shape[-1] // layer["groups"])',
    "return parameters(layer, shape, biases=False)",
    say=(
        "You return the number of weights. Each is used at every place of the output: "
        "multiply by height and width."
    ),
    fails=("layer_macs", "cost_table"),
)


change(
    "macs_dense_sees_channels",
    "return outputs * math.prod(shape)",
    "return outputs * shape[-1]",
    say=("Your dense layer sees the channels only. It is connected to every value of its input."),
    fails=("layer_macs", "cost_table"),
)


change(
    "macs_pool_kernel_once",
    """
    if layer["kind"] == "pool" and pools:
        return outputs * layer["kernel"] ** 2
    """,
    """
    if layer["kind"] == "pool" and pools:
        return outputs * layer["kernel"]
    """,
    say="Your pooling looks at K pixels of a window. It has K * K.",
    fails=("layer_macs", "cost_table"),
)
