"""Mistakes in `squeeze_excite`."""

from autograder.checks import change

change(
    "sum_instead_of_product",
    'return layers.Multiply(name=f"{name}_scale")([x, gates])',
    'return layers.Add(name=f"{name}_scale")([x, gates])',
    say="You add the gates to the maps. A gate is a factor: each map is multiplied by its own.",
    fails=("squeeze_excite", "se_block", "se_resnet", "resnext_block", "resnext"),
)

change(
    "maximum_squeezed",
    'gates = layers.GlobalAveragePooling2D(keepdims=True, name=f"{name}_squeeze")(x)',
    'gates = layers.GlobalMaxPooling2D(keepdims=True, name=f"{name}_squeeze")(x)',
    say="You squeeze each map to its largest value. The formula takes the mean over all pixels.",
    fails=("squeeze_excite", "se_block", "se_resnet", "resnext_block", "resnext"),
)

change(
    "not_squeezed",
    'gates = layers.GlobalAveragePooling2D(keepdims=True, name=f"{name}_squeeze")(x)',
    "gates = x",
    say=(
        "Your gates are computed at every pixel for itself. First each map becomes one number, its "
        "mean, so that there is one gate for a whole map."
    ),
    fails=("squeeze_excite", "se_block", "se_resnet", "resnext_block", "resnext"),
)

change(
    "softmax_for_sigmoid",
    'gates = layers.Dense(channels, activation="sigmoid", name=f"{name}_2")(gates)',
    'gates = layers.Dense(channels, activation="softmax", name=f"{name}_2")(gates)',
    say=(
        "Your gates go through a softmax, so that they add up to 1 and compete. With a sigmoid "
        "each is between 0 and 1 for itself, and all may be open."
    ),
    fails=("squeeze_excite", "se_block", "se_resnet", "resnext_block", "resnext"),
)

change(
    "relu_missing",
    'gates = layers.Dense(channels // ratio, activation="relu", name=f"{name}_1")(gates)',
    'gates = layers.Dense(channels // ratio, name=f"{name}_1")(gates)',
    say=(
        "There is no ReLU between your two layers. Without it they are one linear layer with few "
        "free weights."
    ),
    fails=("squeeze_excite", "se_block", "se_resnet", "resnext_block", "resnext"),
)

change(
    "without_biases",
    'gates = layers.Dense(channels // ratio, activation="relu", name=f"{name}_1")(gates)',
    'gates = layers.Dense(channels // ratio, "relu", use_bias=False, name=f"{name}_1")(gates)',
    'gates = layers.Dense(channels, activation="sigmoid", name=f"{name}_2")(gates)',
    'gates = layers.Dense(channels, "sigmoid", use_bias=False, name=f"{name}_2")(gates)',
    say="Your two layers have no biases. Here both have them, as in the authors' program.",
    fails=("squeeze_excite", "se_block", "se_resnet", "resnext_block", "resnext"),
)

change(
    "rounded_up",
    'gates = layers.Dense(channels // ratio, activation="relu", name=f"{name}_1")(gates)',
    'gates = layers.Dense(round(channels / ratio), activation="relu", name=f"{name}_1")(gates)',
    say=(
        "Where r does not divide the channels, you round to the nearest whole number. The layer "
        "between has C // r units, rounded down."
    ),
)

change(
    "ratio_as_width",
    'gates = layers.Dense(channels // ratio, activation="relu", name=f"{name}_1")(gates)',
    'gates = layers.Dense(ratio, activation="relu", name=f"{name}_1")(gates)',
    say=(
        "Your layer between has r units. r says how many times fewer than the channels there are: "
        "C // r."
    ),
    fails=("squeeze_excite", "se_block", "se_resnet", "resnext_block", "resnext"),
)

change(
    "ratio_ignored",
    'gates = layers.Dense(channels // ratio, activation="relu", name=f"{name}_1")(gates)',
    'gates = layers.Dense(channels // 16, activation="relu", name=f"{name}_1")(gates)',
    say="Your reduction is always 16. Use the argument `ratio`.",
    fails=("squeeze_excite", "se_block", "se_resnet", "resnext_block", "resnext"),
)

change(
    "gates_alone",
    'return layers.Multiply(name=f"{name}_scale")([x, gates])',
    "return ops.broadcast_to(gates, (ops.shape(x)[0], *x.shape[1:]))",
    say="You return the gates themselves. The result is x, each map times its gate.",
    fails=("squeeze_excite", "se_block", "se_resnet", "resnext_block", "resnext"),
)
