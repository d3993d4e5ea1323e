"""Mistakes in `layer_parameters`."""

from autograder.checks import change, instead

change(
    "parameters_bias_for_each_input",
    'weights, outputs = layer["kernel"] ** 2 * seen * layer["filters"], layer["filters"]',
    'weights, outputs = layer["kernel"] ** 2 * seen * layer["filters"], shape[-1]',
    say=(
        "You add a bias for each input channel. Biases belong to what comes out: one for each "
        "filter."
    ),
    fails=("layer_parameters", "cost_table"),
)


@instead(
    "parameters_bias_forgotten",
    say=(
        "You count the weights only. A layer whose `bias` is True has one more parameter for each "
        "filter or unit: add them unless `biases=False` is asked for."
    ),
    fails=("layer_parameters", "cost_table"),
)
def parameters(layer, shape, biases=True):
    if layer["kind"] == "conv":
        return layer["kernel"] ** 2 * shape[-1] // layer["groups"] * layer["filters"]
    if layer["kind"] == "dense":
        return math.prod(shape) * layer["units"]
    return 0


change(
    "parameters_convention_ignored",
    'return weights + (outputs if biases and layer["bias"] else 0)',
    'return weights + (outputs if layer["bias"] else 0)',
    say=(
        "You do not use the argument `biases`. With `biases=False` the biases are left out even "
        "where the layer has them."
    ),
    fails=("layer_parameters", "cost_table"),
)

change(
    "parameters_dense_sees_channels",
    'weights, outputs = math.prod(shape) * layer["units"], layer["units"]',
    'weights, outputs = shape[-1] * layer["units"], layer["units"]',
    say=(
        "Your dense layer sees the channels only. It is connected to every value of its input: "
        "multiply all entries of the shape."
    ),
    fails=("layer_parameters", "cost_table"),
)

change(
    "parameters_groups_ignored",
    'seen = shape[-1] // layer["groups"]',
    "seen = shape[-1]",
    say=(
        "You let every filter see all input channels. With G groups it sees the channels of its "
        "own group only: divide them by `groups`."
    ),
    fails=("layer_parameters", "cost_table"),
)

change(
    "parameters_groups_twice",
    """
    weights, outputs = layer["kernel"] ** 2 * seen * layer["filters"], layer["filters"]
    """,
    """
    weights, outputs = (
        layer["kernel"] ** 2 * seen * layer["filters"] // layer["groups"],
        layer["filters"],
    )
    """,
    say=(
        "You divide the filters by the groups as well. Each group has F / G filters, but there are "
        "G such groups: only the channels that a filter sees are divided."
    ),
    fails=("layer_parameters", "cost_table"),
)

change(
    "parameters_input_channels_forgotten",
    """
    seen = shape[-1] // layer["groups"]
    weights, outputs = layer["kernel"] ** 2 * seen * layer["filters"], layer["filters"]
    """,
    """
    weights, outputs = layer["kernel"] ** 2 * layer["filters"], layer["filters"]
    """,
    say=(
        "You give each filter one plane of K * K weights. A filter has a plane for every input "
        "channel that it sees: multiply by the channels of the input divided by the groups."
    ),
    fails=("layer_parameters", "cost_table"),
)

change(
    "parameters_kernel_once",
    'weights, outputs = layer["kernel"] ** 2 * seen * layer["filters"], layer["filters"]',
    'weights, outputs = layer["kernel"] * seen * layer["filters"], layer["filters"]',
    say="You count K weights in a window. The window is square and has K * K pixels.",
    fails=("layer_parameters", "cost_table"),
)

change(
    "parameters_layer_without_bias",
    'return weights + (outputs if biases and layer["bias"] else 0)',
    "return weights + (outputs if biases else 0)",
    say=(
        "You add biases to a layer that has none. Count them only where its description says "
        "`bias` is True."
    ),
    fails=("layer_parameters", "cost_table"),
)

change(
    "parameters_one_bias",
    'weights, outputs = layer["kernel"] ** 2 * seen * layer["filters"], layer["filters"]',
    'weights, outputs = layer["kernel"] ** 2 * seen * layer["filters"], 1',
    say=(
        "You add a single bias for the whole convolution. Each filter has one of its own, so add "
        "`filters`."
    ),
    fails=("layer_parameters", "cost_table"),
)

change(
    "parameters_pool_counted",
    "return 0",
    'return layer["kernel"] ** 2 * shape[-1] if layer["kind"] == "pool" else 0',
    say=(
        "You count the window of a pooling as weights. A maximum or an average has nothing to "
        "learn, so a pooling has 0 parameters."
    ),
    fails=("layer_parameters", "cost_table"),
)

change(
    "parameters_sum_for_product",
    'weights, outputs = math.prod(shape) * layer["units"], layer["units"]',
    'weights, outputs = math.prod(shape) + layer["units"], layer["units"]',
    say=(
        "You add inputs and units of the dense layer. There is a weight from each input to "
        "each unit: multiply."
    ),
    fails=("layer_parameters", "cost_table"),
)


change(
    "parameters_dense_bias_for_each_input",
    'weights, outputs = math.prod(shape) * layer["units"], layer["units"]',
    'weights, outputs = math.prod(shape) * layer["units"], math.prod(shape)',
    say="Your dense layer has a bias for each input. There is one for each unit.",
    fails=("layer_parameters", "cost_table"),
)
