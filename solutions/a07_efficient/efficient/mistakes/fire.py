"""Mistakes in `fire`."""

from autograder.checks import change

change(
    "fire_expands_the_input",
    'x = layers.Conv2D(squeeze, 1, activation="relu", name=f"{name}_squeeze")(x)',
    'z = layers.Conv2D(squeeze, 1, activation="relu", name=f"{name}_squeeze")(x)',
    'small = layers.Conv2D(expand, 1, activation="relu", name=f"{name}_expand1")(x)',
    'small = layers.Conv2D(expand, 1, activation="relu", name=f"{name}_expand1")(z)',
    say=(
        "Your 3 × 3 convolution reads the input of the module. Both convolutions read the squeezed "
        "maps: that is what makes the 3 × 3 cheap."
    ),
    fails=("fire", "squeezenet"),
)

change(
    "fire_half_each",
    'small = layers.Conv2D(expand, 1, activation="relu", name=f"{name}_expand1")(x)',
    'small = layers.Conv2D(expand // 2, 1, activation="relu", name=f"{name}_expand1")(x)',
    'large = layers.Conv2D(expand, 3, padding="same", activation="relu", name=f"{name}_expand3")(x)',
    """large = layers.Conv2D(
        expand // 2, 3, padding="same", activation="relu", name=f"{name}_expand3"
    )(x)""",
    say="Your two convolutions share `expand` filters. Each has so many.",
    fails=("fire", "squeezenet"),
)

change(
    "fire_linear_squeeze",
    'layers.Conv2D(squeeze, 1, activation="relu", name=f"{name}_squeeze")(x)',
    'layers.Conv2D(squeeze, 1, name=f"{name}_squeeze")(x)',
    say="There is no ReLU after your squeeze. All three convolutions have one.",
    fails=("fire", "squeezenet"),
)

change(
    "fire_large_first",
    "([small, large])",
    "([large, small])",
    say="You concatenate the maps of the 3 × 3 first. Those of the 1 × 1 come first.",
)

change(
    "fire_one_after_the_other",
    'name=f"{name}_expand3")(x)',
    'name=f"{name}_expand3")(small)',
    say=(
        "Your 3 × 3 convolution reads the maps of the other one. The two stand side by side, on the "
        "squeezed maps."
    ),
    fails=("fire", "squeezenet"),
)

change(
    "fire_added",
    'return layers.Concatenate(name=f"{name}_concat")([small, large])',
    'return layers.Add(name=f"{name}_concat")([small, large])',
    say="You add the two. They are concatenated.",
    fails=("fire", "squeezenet"),
)

change(
    "fire_without_biases",
    'layers.Conv2D(squeeze, 1, activation="relu", name=f"{name}_squeeze")(x)',
    'layers.Conv2D(squeeze, 1, activation="relu", use_bias=False, name=f"{name}_squeeze")(x)',
    say="Your squeeze has no biases. No normalization follows in this network: all convolutions have.",
    fails=("fire", "squeezenet"),
)

change(
    "fire_normalized",
    'return layers.Concatenate(name=f"{name}_concat")([small, large])',
    'return layers.BatchNormalization()(layers.Concatenate(name=f"{name}_concat")([small, large]))',
    say="You normalize at the end of the module. There is no normalization in this network.",
    fails=("fire", "squeezenet"),
)
