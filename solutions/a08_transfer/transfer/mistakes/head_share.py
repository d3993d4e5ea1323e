"""Mistakes in `head_share`."""

from autograder.checks import change

change(
    "dense_layers_trained",
    'head_share = {"weight_layers": 13, "frozen": 128_950_848, "trained": 40_970}',
    'head_share = {"weight_layers": 13, "frozen": 9_404_992, "trained": 119_586_826}',
    say=(
        "You train all three fully connected layers. With a small data set only the last one is "
        "reinitialized and trained; FC-4096 and FC-4096 stay frozen."
    ),
)

change(
    "pools_counted",
    'head_share = {"weight_layers": 13, "frozen": 128_950_848, "trained": 40_970}',
    'head_share = {"weight_layers": 18, "frozen": 128_950_848, "trained": 40_970}',
    say=(
        "You have counted the poolings as layers with weights. There are ten convolutions and "
        "three fully connected layers."
    ),
)

change(
    "whole_network",
    'head_share = {"weight_layers": 13, "frozen": 128_950_848, "trained": 40_970}',
    'head_share = {"weight_layers": 13, "frozen": 133_047_848, "trained": 40_970}',
    say=(
        "You have counted the old FC-1000 among what is frozen. It is replaced by the new layer "
        "and leaves the network with its 4,097,000 parameters."
    ),
)

change(
    "without_bias",
    'head_share = {"weight_layers": 13, "frozen": 128_950_848, "trained": 40_970}',
    'head_share = {"weight_layers": 13, "frozen": 128_950_848, "trained": 40_960}',
    say=(
        "You have forgotten the biases of the new layer: each of the 10 classes has 4096 weights "
        "and one bias."
    ),
)
