"""Mistakes in `vgg_stage_costs`."""

from autograder.checks import change, instead

change(
    "biases",
    'cost["weights"] += weights',
    'cost["weights"] += weights + filters',
    say="You count biases as weights. Leave them out here: K² · C · F.",
)


@instead(
    "halved_after_every_layer",
    say="You halve the sides after every convolution. Only the pooling at the end of a stage does.",
)
def stage_costs(stages, input_shape=(224, 224, 3)):
    height, width, channels = input_shape
    found = []
    for entries in stages:
        cost = {"values": 0, "weights": 0, "macs": 0}
        for entry in entries:
            if entry == "LRN":
                continue
            kernel, filters = entry
            weights = kernel**2 * channels * filters
            cost["values"] += height * width * filters
            cost["weights"] += weights
            cost["macs"] += height * width * weights
            channels = filters
            height, width = height // 2, width // 2
        found.append(cost)
    return found


change(
    "halved_too_early",
    """
    for entries in stages:
    """,
    """
    for entries in stages:
        height, width = height // 2, width // 2
    """,
    """
    found.append(cost)
    height, width = height // 2, width // 2
    """,
    """
    found.append(cost)
    """,
    say="You halve the sides before the convolutions of a stage. The pooling comes at its end.",
)

change(
    "kernel_side",
    "weights = kernel**2 * channels * filters",
    "weights = kernel * channels * filters",
    say="You count K weights for a kernel. It is a square of K x K.",
)

change(
    "maps_equal",
    "height, width, channels = input_shape",
    "height, width, _ = input_shape",
    "weights = kernel**2 * channels * filters",
    "weights = kernel**2 * filters * filters",
    """
    cost["macs"] += height * width * weights
    channels = filters
    """,
    """
    cost["macs"] += height * width * weights
    """,
    say=(
        "Your first convolution of a stage sees as many maps as it puts out. It sees those of the "
        "stage before."
    ),
)

change(
    "maps_not_handed_on",
    """
    cost["macs"] += height * width * weights
    channels = filters
    """,
    """
    cost["macs"] += height * width * weights
    """,
    say=(
        "Every convolution of yours sees the maps of the image. After a convolution there are as "
        "many maps as it has filters."
    ),
)

change(
    "never_halved",
    """
    found.append(cost)
    height, width = height // 2, width // 2
    """,
    """
    found.append(cost)
    """,
    say=(
        "Your maps stay as large as the image. Every stage ends with a pooling that halves both "
        "sides."
    ),
)

change(
    "pools_counted",
    """
    found.append(cost)
    height, width = height // 2, width // 2
    """,
    """
    height, width = height // 2, width // 2
    cost["values"] += height * width * channels
    found.append(cost)
    """,
    say="You count what the poolings put out. Here only the outputs of convolutions count.",
)

change(
    "rounded_up",
    "height, width = height // 2, width // 2",
    "height, width = -(-height // 2), -(-width // 2)",
    say=(
        "You round the halved sides up. A pooling leaves the last, incomplete window out: round "
        "down."
    ),
)

change(
    "running_totals",
    """
    for entries in stages:
        cost = {"values": 0, "weights": 0, "macs": 0}
    """,
    """
    cost = {"values": 0, "weights": 0, "macs": 0}
    for entries in stages:
    """,
    "found.append(cost)",
    "found.append(dict(cost))",
    say=(
        "Your costs grow from stage to stage. Each stage has a cost of its own: begin at zero "
        "again."
    ),
)

change(
    "values_of_the_input",
    'cost["values"] += height * width * filters',
    'cost["values"] += height * width * channels',
    say=(
        "You count the values that go into each convolution. What it puts out has as many maps as "
        "it has filters."
    ),
)


change(
    "maps_of_the_stage",
    """
    cost["macs"] += height * width * weights
    channels = filters
    """,
    """
    cost["macs"] += height * width * weights
    """,
    """
    height, width = height // 2, width // 2
    """,
    """
    channels = filters
    height, width = height // 2, width // 2
    """,
    say=(
        "Every convolution of your stage reads the maps that the stage gets. The second one reads "
        "those of the first: set channels = filters after each layer."
    ),
)
