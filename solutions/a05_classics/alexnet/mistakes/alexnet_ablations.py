"""Mistakes in `alexnet_ablations`."""

from autograder.checks import instead

instead(
    "alexnet_without_dropout_stays",
    say=(
        "You remove a fully connected layer and leave its dropout behind. What was dropped were "
        "its outputs: let the dropout go with it."
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
    "alexnet_without_ignored",
    say=(
        "Your network keeps all its layers, whatever `without` says. Ask for each of the four "
        "layers whether its name is in `without`."
    ),
    fails=("alexnet_ablations", "alexnet_saved"),
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
        x = layers.Dense(units, activation="relu", name=name)(x)
        x = layers.Dropout(0.5)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "alexnet_without_last_only",
    say=(
        'You leave out one layer at most. Several names can be in `without`: ask `if "fc6" not in '
        "without` for each of them."
    ),
    fails=("alexnet_ablations", "alexnet_saved"),
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
    without = without[-1:]

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
            x = layers.Dropout(0.5)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "alexnet_without_relu_stays",
    say=(
        "You remove a convolution and leave its ReLU behind. What comes out of the layer before is "
        "then cut at zero once more than on the slide: let the ReLU go with it."
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
            return layers.ReLU()(x)
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
            x = layers.Dropout(0.5)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "alexnet_without_shrunk",
    say=(
        "You put a 1 × 1 convolution where `conv3` and `conv4` were, to keep the number of maps. "
        "Nothing takes their place: `conv5` reads the maps of `norm2`."
    ),
    fails=("alexnet_ablations", "alexnet_saved"),
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
            return layers.Conv2D(count, 1, groups=groups)(x)
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
            x = layers.Dropout(0.5)(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))
