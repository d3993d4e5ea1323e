"""Mistakes in `alexnet_two_gpus`."""

from autograder.checks import instead

instead(
    "alexnet_groups_conv1",
    say=(
        "You split `conv1`, too, and three channels cannot be halved. Both GPUs see the whole "
        "image: `groups` begins with `conv2`."
    ),
    fails=("alexnet_two_gpus", "alexnet_ablations", "alexnet_saved"),
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
    x = layers.Conv2D(filters[0], 11, strides=4, groups=groups, activation="relu", name="conv1")(
        image
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
    "alexnet_groups_conv3",
    say=(
        "You split `conv3` as well. It reads the maps of both GPUs, the only convolution after the "
        "first that does: leave `groups` away there."
    ),
    fails=("alexnet_two_gpus", "alexnet_ablations", "alexnet_saved"),
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
    x = conv(x, "conv3", filters[2], 3, groups)
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
    "alexnet_groups_conv4_missing",
    say=(
        "You split `conv2` and `conv5`, but not `conv4`, which also stays on its GPU. Give it "
        "`groups=groups`, too."
    ),
    fails=("alexnet_two_gpus", "alexnet_ablations", "alexnet_saved"),
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
    x = conv(x, "conv4", filters[3], 3)
    x = conv(x, "conv5", filters[4], 3, groups)
    x = layers.MaxPooling2D(3, strides=2, name="pool3")(x)
    x = layers.Flatten()(x)
    for name in ("fc6", "fc7"):
        if name not in without:
            x = layers.Dense(units, activation="relu", name=name)(x)
            x = layers.Dropout(0.5)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "alexnet_groups_conv5_missing",
    say=(
        "You split `conv2` and `conv4`, but not `conv5`, which also stays on its GPU. Give it "
        "`groups=groups`, too."
    ),
    fails=("alexnet_two_gpus", "alexnet_ablations", "alexnet_saved"),
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
    x = conv(x, "conv5", filters[4], 3)
    x = layers.MaxPooling2D(3, strides=2, name="pool3")(x)
    x = layers.Flatten()(x)
    for name in ("fc6", "fc7"):
        if name not in without:
            x = layers.Dense(units, activation="relu", name=name)(x)
            x = layers.Dropout(0.5)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "alexnet_groups_ignored",
    say=(
        "Your network is the same for one GPU and for two. Pass `groups=groups` on to `conv2`, "
        "`conv4` and `conv5`."
    ),
    fails=("alexnet_two_gpus", "alexnet_ablations", "alexnet_saved"),
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
        return layers.Conv2D(count, side, padding="same", activation="relu", name=name)(x)

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
            x = layers.Dropout(0.5)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))
