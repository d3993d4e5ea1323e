"""Mistakes in `alexnet_simplified`."""

from autograder.checks import instead

instead(
    "alexnet_batch_norm",
    say=(
        "You put batch normalization where the slide says NORM. That came three years later and "
        "learns parameters: use `LocalResponseNormalization`."
    ),
    fails=("alexnet_simplified", "alexnet_two_gpus", "alexnet_ablations"),
)
from keras import layers


def build_alexnet(
    input_shape=(227, 227, 3),
    filters=(96, 256, 384, 384, 256),
    units=4096,
    classes=1000,
    groups=1,
    without=(),
):
    def conv(x, name, count, side, groups=1):
        if name in without:
            return x
        return layers.Conv2D(
            count, side, padding="same", groups=groups, activation="relu", name=name
        )(x)

    image = keras.Input(input_shape)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(image)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = layers.BatchNormalization(name="norm1")(x)
    x = conv(x, "conv2", filters[1], 5, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = layers.BatchNormalization(name="norm2")(x)
    x = conv(x, "conv3", filters[2], 3)
    x = conv(x, "conv4", filters[3], 3, groups)
    x = conv(x, "conv5", filters[4], 3, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool3")(x)
    x = layers.Flatten()(x)
    for name in ("fc6", "fc7"):
        if name not in without:
            x = layers.Dense(units, activation="relu", name=name)(x)
            x = layers.Dropout(0.5)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "alexnet_conv1_padded",
    say=(
        "You padded `conv1` as in the network with 64 filters, and it gives 56 pixels. Here it has "
        "pad 0, and (227 − 11)/4 + 1 = 55."
    ),
    fails=("alexnet_simplified", "alexnet_two_gpus", "alexnet_ablations"),
)
from keras import layers


def build_alexnet(
    input_shape=(227, 227, 3),
    filters=(96, 256, 384, 384, 256),
    units=4096,
    classes=1000,
    groups=1,
    without=(),
):
    def conv(x, name, count, side, groups=1):
        if name in without:
            return x
        return layers.Conv2D(
            count, side, padding="same", groups=groups, activation="relu", name=name
        )(x)

    image = keras.Input(input_shape)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(
        layers.ZeroPadding2D(2)(image)
    )
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = LocalResponseNormalization(name="norm1")(x)
    x = conv(x, "conv2", filters[1], 5, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = LocalResponseNormalization(name="norm2")(x)
    x = conv(x, "conv3", filters[2], 3)
    x = conv(x, "conv4", filters[3], 3, groups)
    x = conv(x, "conv5", filters[4], 3, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool3")(x)
    x = layers.Flatten()(x)
    for name in ("fc6", "fc7"):
        if name not in without:
            x = layers.Dense(units, activation="relu", name=name)(x)
            x = layers.Dropout(0.5)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "alexnet_conv1_small_filters",
    say=(
        "Your `conv1` has 7 × 7 filters; that is ZFNet's. AlexNet begins with 11 × 11 filters at "
        "stride 4."
    ),
    fails=("alexnet_simplified", "alexnet_two_gpus", "alexnet_ablations"),
)
from keras import layers


def build_alexnet(
    input_shape=(227, 227, 3),
    filters=(96, 256, 384, 384, 256),
    units=4096,
    classes=1000,
    groups=1,
    without=(),
):
    def conv(x, name, count, side, groups=1):
        if name in without:
            return x
        return layers.Conv2D(
            count, side, padding="same", groups=groups, activation="relu", name=name
        )(x)

    image = keras.Input(input_shape)
    x = layers.Conv2D(filters[0], 7, strides=4, activation="relu", name="conv1")(image)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = LocalResponseNormalization(name="norm1")(x)
    x = conv(x, "conv2", filters[1], 5, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = LocalResponseNormalization(name="norm2")(x)
    x = conv(x, "conv3", filters[2], 3)
    x = conv(x, "conv4", filters[3], 3, groups)
    x = conv(x, "conv5", filters[4], 3, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool3")(x)
    x = layers.Flatten()(x)
    for name in ("fc6", "fc7"):
        if name not in without:
            x = layers.Dense(units, activation="relu", name=name)(x)
            x = layers.Dropout(0.5)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "alexnet_conv4_256",
    say=(
        "Your `conv4` has as many filters as `conv5`, as in the network with 64 filters first. "
        "Here CONV3 and CONV4 both have 384: take `filters[3]`."
    ),
    fails=("alexnet_simplified", "alexnet_two_gpus", "alexnet_ablations", "alexnet_saved"),
)
from keras import layers


def build_alexnet(
    input_shape=(227, 227, 3),
    filters=(96, 256, 384, 384, 256),
    units=4096,
    classes=1000,
    groups=1,
    without=(),
):
    def conv(x, name, count, side, groups=1):
        if name in without:
            return x
        return layers.Conv2D(
            count, side, padding="same", groups=groups, activation="relu", name=name
        )(x)

    image = keras.Input(input_shape)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(image)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = LocalResponseNormalization(name="norm1")(x)
    x = conv(x, "conv2", filters[1], 5, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = LocalResponseNormalization(name="norm2")(x)
    x = conv(x, "conv3", filters[2], 3)
    x = conv(x, "conv4", filters[4], 3, groups)
    x = conv(x, "conv5", filters[4], 3, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool3")(x)
    x = layers.Flatten()(x)
    for name in ("fc6", "fc7"):
        if name not in without:
            x = layers.Dense(units, activation="relu", name=name)(x)
            x = layers.Dropout(0.5)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "alexnet_dropout_before",
    say=(
        "Your dropout stands in front of `fc6` and `fc7` and drops their inputs. Here it drops "
        "their outputs: put each one after the ReLU."
    ),
    fails=("alexnet_simplified", "alexnet_two_gpus", "alexnet_ablations"),
)
from keras import layers


def build_alexnet(
    input_shape=(227, 227, 3),
    filters=(96, 256, 384, 384, 256),
    units=4096,
    classes=1000,
    groups=1,
    without=(),
):
    def conv(x, name, count, side, groups=1):
        if name in without:
            return x
        return layers.Conv2D(
            count, side, padding="same", groups=groups, activation="relu", name=name
        )(x)

    image = keras.Input(input_shape)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(image)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = LocalResponseNormalization(name="norm1")(x)
    x = conv(x, "conv2", filters[1], 5, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = LocalResponseNormalization(name="norm2")(x)
    x = conv(x, "conv3", filters[2], 3)
    x = conv(x, "conv4", filters[3], 3, groups)
    x = conv(x, "conv5", filters[4], 3, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool3")(x)
    x = layers.Flatten()(x)
    for name in ("fc6", "fc7"):
        if name not in without:
            x = layers.Dropout(0.5)(x)
            x = layers.Dense(units, activation="relu", name=name)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "alexnet_dropout_missing",
    say=(
        "Your network has no dropout. The slide's recipe has dropout 0.5: put it after the ReLU of "
        "`fc6` and after that of `fc7`."
    ),
    fails=("alexnet_simplified", "alexnet_two_gpus", "alexnet_ablations"),
)
from keras import layers


def build_alexnet(
    input_shape=(227, 227, 3),
    filters=(96, 256, 384, 384, 256),
    units=4096,
    classes=1000,
    groups=1,
    without=(),
):
    def conv(x, name, count, side, groups=1):
        if name in without:
            return x
        return layers.Conv2D(
            count, side, padding="same", groups=groups, activation="relu", name=name
        )(x)

    image = keras.Input(input_shape)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(image)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = LocalResponseNormalization(name="norm1")(x)
    x = conv(x, "conv2", filters[1], 5, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = LocalResponseNormalization(name="norm2")(x)
    x = conv(x, "conv3", filters[2], 3)
    x = conv(x, "conv4", filters[3], 3, groups)
    x = conv(x, "conv5", filters[4], 3, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool3")(x)
    x = layers.Flatten()(x)
    for name in ("fc6", "fc7"):
        if name not in without:
            x = layers.Dense(units, activation="relu", name=name)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "alexnet_dropout_rate",
    say=(
        "Your dropout does not have the slide's rate. AlexNet drops every second unit: "
        "`Dropout(0.5)`."
    ),
    fails=("alexnet_simplified", "alexnet_ablations"),
)
from keras import layers


def build_alexnet(
    input_shape=(227, 227, 3),
    filters=(96, 256, 384, 384, 256),
    units=4096,
    classes=1000,
    groups=1,
    without=(),
):
    def conv(x, name, count, side, groups=1):
        if name in without:
            return x
        return layers.Conv2D(
            count, side, padding="same", groups=groups, activation="relu", name=name
        )(x)

    image = keras.Input(input_shape)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(image)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = LocalResponseNormalization(name="norm1")(x)
    x = conv(x, "conv2", filters[1], 5, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = LocalResponseNormalization(name="norm2")(x)
    x = conv(x, "conv3", filters[2], 3)
    x = conv(x, "conv4", filters[3], 3, groups)
    x = conv(x, "conv5", filters[4], 3, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool3")(x)
    x = layers.Flatten()(x)
    for name in ("fc6", "fc7"):
        if name not in without:
            x = layers.Dense(units, activation="relu", name=name)(x)
            x = layers.Dropout(0.4)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "alexnet_norm2_missing",
    say="You normalize once only. NORM2 follows MAX POOL2, as NORM1 follows MAX POOL1.",
    fails=("alexnet_simplified", "alexnet_two_gpus", "alexnet_ablations"),
)
from keras import layers


def build_alexnet(
    input_shape=(227, 227, 3),
    filters=(96, 256, 384, 384, 256),
    units=4096,
    classes=1000,
    groups=1,
    without=(),
):
    def conv(x, name, count, side, groups=1):
        if name in without:
            return x
        return layers.Conv2D(
            count, side, padding="same", groups=groups, activation="relu", name=name
        )(x)

    image = keras.Input(input_shape)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(image)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = LocalResponseNormalization(name="norm1")(x)
    x = conv(x, "conv2", filters[1], 5, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = conv(x, "conv3", filters[2], 3)
    x = conv(x, "conv4", filters[3], 3, groups)
    x = conv(x, "conv5", filters[4], 3, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool3")(x)
    x = layers.Flatten()(x)
    for name in ("fc6", "fc7"):
        if name not in without:
            x = layers.Dense(units, activation="relu", name=name)(x)
            x = layers.Dropout(0.5)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "alexnet_norm_before_pool",
    say=(
        "You normalize before you pool, as the paper of 2012 does (section 3.5). The slide differs: "
        "on its list NORM1 comes after MAX POOL1, and NORM2 after MAX POOL2: exchange the two."
    ),
)
from keras import layers


def build_alexnet(
    input_shape=(227, 227, 3),
    filters=(96, 256, 384, 384, 256),
    units=4096,
    classes=1000,
    groups=1,
    without=(),
):
    def conv(x, name, count, side, groups=1):
        if name in without:
            return x
        return layers.Conv2D(
            count, side, padding="same", groups=groups, activation="relu", name=name
        )(x)

    image = keras.Input(input_shape)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(image)
    x = LocalResponseNormalization(name="norm1")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = conv(x, "conv2", filters[1], 5, groups)
    x = LocalResponseNormalization(name="norm2")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = conv(x, "conv3", filters[2], 3)
    x = conv(x, "conv4", filters[3], 3, groups)
    x = conv(x, "conv5", filters[4], 3, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool3")(x)
    x = layers.Flatten()(x)
    for name in ("fc6", "fc7"):
        if name not in without:
            x = layers.Dense(units, activation="relu", name=name)(x)
            x = layers.Dropout(0.5)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "alexnet_norm_missing",
    say=(
        "The two local response normalizations are missing. Put `LocalResponseNormalization()` "
        "after `pool1` and after `pool2`."
    ),
    fails=("alexnet_simplified", "alexnet_two_gpus", "alexnet_ablations"),
)
from keras import layers


def build_alexnet(
    input_shape=(227, 227, 3),
    filters=(96, 256, 384, 384, 256),
    units=4096,
    classes=1000,
    groups=1,
    without=(),
):
    def conv(x, name, count, side, groups=1):
        if name in without:
            return x
        return layers.Conv2D(
            count, side, padding="same", groups=groups, activation="relu", name=name
        )(x)

    image = keras.Input(input_shape)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(image)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = conv(x, "conv2", filters[1], 5, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = conv(x, "conv3", filters[2], 3)
    x = conv(x, "conv4", filters[3], 3, groups)
    x = conv(x, "conv5", filters[4], 3, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool3")(x)
    x = layers.Flatten()(x)
    for name in ("fc6", "fc7"):
        if name not in without:
            x = layers.Dense(units, activation="relu", name=name)(x)
            x = layers.Dropout(0.5)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "alexnet_pool3_missing",
    say=(
        "The pooling after `conv5` is missing, so `fc6` has 13 · 13 · 256 inputs instead of 6 · 6 "
        "· 256. Put MAX POOL3 after `conv5`."
    ),
    fails=("alexnet_simplified", "alexnet_two_gpus", "alexnet_ablations", "alexnet_saved"),
)
from keras import layers


def build_alexnet(
    input_shape=(227, 227, 3),
    filters=(96, 256, 384, 384, 256),
    units=4096,
    classes=1000,
    groups=1,
    without=(),
):
    def conv(x, name, count, side, groups=1):
        if name in without:
            return x
        return layers.Conv2D(
            count, side, padding="same", groups=groups, activation="relu", name=name
        )(x)

    image = keras.Input(input_shape)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(image)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = LocalResponseNormalization(name="norm1")(x)
    x = conv(x, "conv2", filters[1], 5, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = LocalResponseNormalization(name="norm2")(x)
    x = conv(x, "conv3", filters[2], 3)
    x = conv(x, "conv4", filters[3], 3, groups)
    x = conv(x, "conv5", filters[4], 3, groups)
    x = layers.Flatten()(x)
    for name in ("fc6", "fc7"):
        if name not in without:
            x = layers.Dense(units, activation="relu", name=name)(x)
            x = layers.Dropout(0.5)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "alexnet_relu_missing",
    say=(
        "Your convolutions have no ReLU. The first use of ReLU is what AlexNet is known for: every "
        "convolution, `fc6` and `fc7` end in one."
    ),
    fails=("alexnet_simplified", "alexnet_two_gpus", "alexnet_ablations"),
)
from keras import layers


def build_alexnet(
    input_shape=(227, 227, 3),
    filters=(96, 256, 384, 384, 256),
    units=4096,
    classes=1000,
    groups=1,
    without=(),
):
    def conv(x, name, count, side, groups=1):
        if name in without:
            return x
        return layers.Conv2D(count, side, padding="same", groups=groups, name=name)(x)

    image = keras.Input(input_shape)
    x = layers.Conv2D(filters[0], 11, strides=4, name="conv1")(image)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = LocalResponseNormalization(name="norm1")(x)
    x = conv(x, "conv2", filters[1], 5, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = LocalResponseNormalization(name="norm2")(x)
    x = conv(x, "conv3", filters[2], 3)
    x = conv(x, "conv4", filters[3], 3, groups)
    x = conv(x, "conv5", filters[4], 3, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool3")(x)
    x = layers.Flatten()(x)
    for name in ("fc6", "fc7"):
        if name not in without:
            x = layers.Dense(units, activation="relu", name=name)(x)
            x = layers.Dropout(0.5)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))
