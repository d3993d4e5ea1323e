"""Mistakes in `inception_resnet`."""

from autograder.checks import change

change(
    "resnet_one_three",
    "ones, reduce_single, single, reduce_double, first, second = filters",
    "ones, reduce_single, single, reduce_double, first, _second = filters",
    """
    five = conv_bn(five, first, 3, f"{name}_double_1")
    five = conv_bn(five, second, 3, f"{name}_double_2")
    """,
    """
    five = conv_bn(five, first, 3, f"{name}_double_1")
    """,
    say=(
        "Your third branch has one 3 × 3 filter. It has two in a row, with `first` and `second` "
        "filters."
    ),
)

change(
    "resnet_relu_before_sum",
    'return keras.layers.ReLU(name=f"{name}_relu")(x + scale * correction)',
    'return x + scale * keras.layers.ReLU(name=f"{name}_relu")(correction)',
    say=(
        "You apply the ReLU to the correction, before the sum. It comes after the sum: a "
        "correction must be able to be negative."
    ),
)

change(
    "resnet_scale_fixed",
    'return keras.layers.ReLU(name=f"{name}_relu")(x + scale * correction)',
    'return keras.layers.ReLU(name=f"{name}_relu")(x + 0.17 * correction)',
    say="You write 0.17 where the argument belongs. Use `scale`.",
)

change(
    "resnet_scale_forgotten",
    'return keras.layers.ReLU(name=f"{name}_relu")(x + scale * correction)',
    'return keras.layers.ReLU(name=f"{name}_relu")(x + correction)',
    say="You add the whole correction. Multiply it by `scale` first.",
)

change(
    "resnet_scale_on_input",
    'return keras.layers.ReLU(name=f"{name}_relu")(x + scale * correction)',
    'return keras.layers.ReLU(name=f"{name}_relu")(scale * x + correction)',
    say="You scale the input. The factor belongs to the correction; the input passes unchanged.",
)

change(
    "resnet_shortcut_forgotten",
    'return keras.layers.ReLU(name=f"{name}_relu")(x + scale * correction)',
    'return keras.layers.ReLU(name=f"{name}_relu")(scale * correction)',
    say="You return the scaled correction without the input. The block adds it to `x`.",
)

change(
    "resnet_up_normalized",
    'correction = keras.layers.Conv2D(x.shape[-1], 1, name=f"{name}_up")(maps)',
    'correction = conv_bn(maps, x.shape[-1], 1, f"{name}_up")',
    say="You made the last 1 × 1 a `conv_bn`. It has biases, and neither normalization nor ReLU.",
)

change(
    "resnet_up_without_bias",
    'correction = keras.layers.Conv2D(x.shape[-1], 1, name=f"{name}_up")(maps)',
    'correction = keras.layers.Conv2D(x.shape[-1], 1, use_bias=False, name=f"{name}_up")(maps)',
    say="Your last 1 × 1 convolution has no biases. No normalization follows it, so it keeps them.",
)

change(
    "resnet_without_relu",
    'return keras.layers.ReLU(name=f"{name}_relu")(x + scale * correction)',
    "return x + scale * correction",
    say="Your block ends with the sum. A ReLU follows it.",
)

change(
    "resnet_relu_on_the_correction",
    'keras.layers.Conv2D(x.shape[-1], 1, name=f"{name}_up")',
    'keras.layers.Conv2D(x.shape[-1], 1, activation="relu", name=f"{name}_up")',
    say=(
        "You apply a ReLU to the correction. It must be able to be negative: the last 1 × 1 "
        "convolution is linear, and the only ReLU of the block's end comes after the sum."
    ),
    inside="inception_resnet_block",
)


change(
    "resnet_scale_after_the_sum",
    "(x + scale * correction)",
    "(scale * (x + correction))",
    say=(
        "You scale the whole sum. The factor belongs to the correction alone; the input "
        "passes unchanged."
    ),
    inside="inception_resnet_block",
)


change(
    "resnet_added_up",
    'maps = keras.layers.Concatenate(name=f"{name}_concat")([one, three, five])',
    'maps = keras.layers.Concatenate(name=f"{name}_concat")([one, three])',
    say=(
        "Your third branch goes nowhere. All three are concatenated before the last 1 × 1 "
        "convolution."
    ),
    inside="inception_resnet_block",
)


change(
    "resnet_filters_shifted",
    'five = conv_bn(five, second, 3, f"{name}_double_2")',
    'five = conv_bn(five, first, 3, f"{name}_double_2")',
    say=(
        "Both 3 × 3 of your third branch have the filters of the first. The last number of "
        "the row belongs to the second."
    ),
    inside="inception_resnet_block",
)
