"""Mistakes in `inception_v2`."""

from autograder.checks import change, instead

change(
    "conv_bn_bias",
    'conv = keras.layers.Conv2D(filters, kernel_size, padding="same", use_bias=False, name=name)',
    'conv = keras.layers.Conv2D(filters, kernel_size, padding="same", name=name)',
    say=(
        "Your convolutions have biases. The normalization subtracts them again, so they are left "
        "out: `use_bias=False`."
    ),
    fails=("inception_v2", "inception_v3", "inception_resnet"),
)

change(
    "conv_bn_linear",
    'return keras.layers.ReLU(name=f"{name}_relu")(norm(conv(x)))',
    "return norm(conv(x))",
    say="Your unit has no ReLU. It comes after the normalization.",
    fails=("inception_v2", "inception_v3", "inception_resnet"),
)

change(
    "conv_bn_norm_first",
    'return keras.layers.ReLU(name=f"{name}_relu")(norm(conv(x)))',
    'return keras.layers.ReLU(name=f"{name}_relu")(conv(norm(x)))',
    say=(
        "You normalize the input of the convolution. Its output is to be normalized: convolution "
        "first."
    ),
    fails=("inception_v2", "inception_v3", "inception_resnet"),
)

change(
    "conv_bn_norm_forgotten",
    """
    norm = keras.layers.BatchNormalization(name=f"{name}_bn")
    return keras.layers.ReLU(name=f"{name}_relu")(norm(conv(x)))
    """,
    """
    return keras.layers.ReLU(name=f"{name}_relu")(conv(x))
    """,
    say="Your unit has no batch normalization. It stands between the convolution and the ReLU.",
    fails=("inception_v2", "inception_v3", "inception_resnet"),
)

change(
    "conv_bn_relu_first",
    'return keras.layers.ReLU(name=f"{name}_relu")(norm(conv(x)))',
    'return norm(keras.layers.ReLU(name=f"{name}_relu")(conv(x)))',
    say=(
        "You apply the ReLU before the normalization. The order is convolution, normalization, "
        "ReLU."
    ),
    fails=("inception_v2", "inception_v3", "inception_resnet"),
)

change(
    "conv_bn_without_gamma",
    'norm = keras.layers.BatchNormalization(name=f"{name}_bn")',
    'norm = keras.layers.BatchNormalization(scale=False, name=f"{name}_bn")',
    say=(
        "Your normalization has no γ. Leave `scale=True`, Keras' default: the slide scales and "
        "shifts."
    ),
    fails=("inception_v2", "inception_v3", "inception_resnet"),
)


@instead(
    "v2_norm_after_concat",
    say=(
        "You normalize once, after the concatenation of plain convolutions. Each of the six "
        "convolutions has a normalization of its own, before its ReLU."
    ),
)
def inception_v2(x, filters, name="module"):
    def conv(x, filters, kernel_size, name):
        return keras.layers.Conv2D(filters, kernel_size, padding="same", activation="relu")(x)

    ones, reduce_threes, threes, reduce_fives, fives, projection = filters
    one = conv(x, ones, 1, f"{name}_1x1")
    three = conv(x, reduce_threes, 1, f"{name}_3x3_reduce")
    three = conv(three, threes, 3, f"{name}_3x3")
    five = conv(x, reduce_fives, 1, f"{name}_5x5_reduce")
    five = conv(five, fives, 5, f"{name}_5x5")
    pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)
    pool = conv(pool, projection, 1, f"{name}_pool_proj")
    x = keras.layers.Concatenate(name=f"{name}_concat")([one, three, five, pool])
    return keras.layers.BatchNormalization()(x)


change(
    "v2_pool_projection_first",
    """
    pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)
    pool = conv_bn(pool, projection, 1, f"{name}_pool_proj")
    """,
    """
    pool = conv_bn(x, projection, 1, f"{name}_pool_proj")
    pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(pool)
    """,
    say="You project before you pool. The 1 × 1 unit of the pool branch comes after the pooling.",
)

change(
    "v2_reductions_not_normalized",
    'three = conv_bn(x, reduce_threes, 1, f"{name}_3x3_reduce")',
    'three = keras.layers.Conv2D(reduce_threes, 1, activation="relu")(x)',
    'five = conv_bn(x, reduce_fives, 1, f"{name}_5x5_reduce")',
    'five = keras.layers.Conv2D(reduce_fives, 1, activation="relu")(x)',
    say=(
        "Your 1 × 1 reductions are plain convolutions. They get a normalization, too: all six "
        "convolutions are a `conv_bn`."
    ),
)

change(
    "v2_five_is_three",
    "five = conv_bn(five, fives, 5,",
    "five = conv_bn(five, fives, 3,",
    say="Your third branch has filters of 3 × 3. It is the 5 × 5 branch.",
    inside="inception_v2",
)


change(
    "v2_one_without_unit",
    'one = conv_bn(x, ones, 1, f"{name}_1x1")',
    'one = keras.layers.Conv2D(ones, 1, activation="relu")(x)',
    say=(
        "Your 1 × 1 branch is a plain convolution. Every convolution of the module is a `conv_bn`."
    ),
    inside="inception_v2",
)
