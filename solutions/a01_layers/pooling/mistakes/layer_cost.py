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

change(
    "one_place_short",
    "(height - kernel_height + 1) * (width - kernel_width + 1)",
    "(height - kernel_height) * (width - kernel_width)",
    say=(
        "You count the steps of the filter and forget where it started: H - K_H + 1 places "
        "down and W - K_W + 1 across."
    ),
)


change(
    "filters_forgotten",
    '"edges": places * filters * window',
    '"edges": places * window',
    say="You count the edges of one filter. There are as many again for each of the filters.",
)


change(
    "sides_swapped",
    "kernel_height, kernel_width = kernel_size",
    "kernel_width, kernel_height = kernel_size",
    say="You take the kernel's height for its width. `kernel_size` is (height, width).",
)


change(
    "edges_from_every_pixel",
    '"edges": places * filters * window',
    '"edges": height * width * channels * places * filters',
    say=(
        "You connect every input with every output. An output of a convolution sees its own "
        "window only."
    ),
)


change(
    "biases_for_each_weight",
    '"parameters": (window + 1) * filters',
    '"parameters": window * filters + 1',
    say="You count one bias in all. Each filter has its own.",
)
