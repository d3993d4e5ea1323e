"""Mistakes in `layer_cost`."""

from autograder.checks import change

change(
    "bias_for_each_place",
    'return {"edges": places * filters * window, "parameters": (window + 1) * filters}',
    'return {"edges": places * filters * window, "parameters": window * filters + places * filters}',
    say="You count a bias for every output value. A filter has one bias, which all places share.",
)

change(
    "biases_as_edges",
    'return {"edges": places * filters * window, "parameters": (window + 1) * filters}',
    'return {"edges": places * filters * (window + 1), "parameters": (window + 1) * filters}',
    say=(
        "You count the biases as edges. An edge connects an input value with an output value; a "
        "bias has no input."
    ),
)

change(
    "biases_forgotten",
    'return {"edges": places * filters * window, "parameters": (window + 1) * filters}',
    'return {"edges": places * filters * window, "parameters": window * filters}',
    say="You left the biases out of the parameters. Each filter has one bias besides its weights.",
)

change(
    "one_channel_only",
    """
    return {"edges": places * filters * window, "parameters": (window + 1) * filters}
    """,
    """
    return {
        "edges": places * filters * window // channels,
        "parameters": (window // channels + 1) * filters,
    }
    """,
    say=(
        "You forgot the channels: a filter sees all channels of its window, so it has K_H * K_W * "
        "C weights."
    ),
)

change(
    "padded",
    """
    places = (height - kernel_height + 1) * (width - kernel_width + 1)
    return {"edges": places * filters * window, "parameters": (window + 1) * filters}
    """,
    """
    return {"edges": height * width * filters * window, "parameters": (window + 1) * filters}
    """,
    say=(
        "You let the filter stand at every pixel of the image. Without padding it fits in (H - K_H "
        "+ 1) (W - K_W + 1) places."
    ),
)

change(
    "weights_not_shared",
    'return {"edges": places * filters * window, "parameters": (window + 1) * filters}',
    'return {"edges": places * filters * window, "parameters": places * filters * window + filters}',
    say=(
        "You count a weight for every edge. All places share the weights of a filter, so the "
        "number of places does not count among the parameters."
    ),
)
