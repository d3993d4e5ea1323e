"""Mistakes in `alexnet_64`."""

from autograder.checks import instead

instead(
    "average_pool",
    say=(
        "You pool with the average, as LeNet did. AlexNet takes the maximum: use `MaxPooling2D` "
        "three times."
    ),
)
from keras import layers


def build_alexnet_64(
    input_shape=(227, 227, 3), filters=(64, 192, 384, 256, 256), units=4096, classes=1000
):
    image = keras.Input(input_shape)
    x = layers.ZeroPadding2D(2)(image)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(x)
    x = layers.AveragePooling2D(3, strides=2, name="pool1")(x)
    x = layers.Conv2D(filters[1], 5, padding="same", activation="relu", name="conv2")(x)
    x = layers.AveragePooling2D(3, strides=2, name="pool2")(x)
    x = layers.Conv2D(filters[2], 3, padding="same", activation="relu", name="conv3")(x)
    x = layers.Conv2D(filters[3], 3, padding="same", activation="relu", name="conv4")(x)
    x = layers.Conv2D(filters[4], 3, padding="same", activation="relu", name="conv5")(x)
    x = layers.AveragePooling2D(3, strides=2, name="pool5")(x)
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dense(units, activation="relu", name="fc6")(x)
    x = layers.Dense(units, activation="relu", name="fc7")(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "conv1_not_padded",
    say=(
        "Your `conv1` is not padded, so it gives 55 pixels as in the network with 96 filters. The "
        "table has pad 2 and 56 pixels: put `ZeroPadding2D(2)` before it."
    ),
)
from keras import layers


def build_alexnet_64(
    input_shape=(227, 227, 3), filters=(64, 192, 384, 256, 256), units=4096, classes=1000
):
    image = keras.Input(input_shape)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(image)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = layers.Conv2D(filters[1], 5, padding="same", activation="relu", name="conv2")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = layers.Conv2D(filters[2], 3, padding="same", activation="relu", name="conv3")(x)
    x = layers.Conv2D(filters[3], 3, padding="same", activation="relu", name="conv4")(x)
    x = layers.Conv2D(filters[4], 3, padding="same", activation="relu", name="conv5")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool5")(x)
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dense(units, activation="relu", name="fc6")(x)
    x = layers.Dense(units, activation="relu", name="fc7")(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "conv1_same",
    say=(
        'You gave `conv1` `padding="same"`, which pads four pixels on each side at stride 4 and '
        "makes 57 pixels. The table pads two: put `ZeroPadding2D(2)` before the convolution."
    ),
)
from keras import layers


def build_alexnet_64(
    input_shape=(227, 227, 3), filters=(64, 192, 384, 256, 256), units=4096, classes=1000
):
    image = keras.Input(input_shape)
    x = layers.Conv2D(filters[0], 11, strides=4, padding="same", activation="relu", name="conv1")(
        image
    )
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = layers.Conv2D(filters[1], 5, padding="same", activation="relu", name="conv2")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = layers.Conv2D(filters[2], 3, padding="same", activation="relu", name="conv3")(x)
    x = layers.Conv2D(filters[3], 3, padding="same", activation="relu", name="conv4")(x)
    x = layers.Conv2D(filters[4], 3, padding="same", activation="relu", name="conv5")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool5")(x)
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dense(units, activation="relu", name="fc6")(x)
    x = layers.Dense(units, activation="relu", name="fc7")(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "conv2_not_padded",
    say=(
        "Your `conv2` is not padded and loses four pixels. The table has pad 2 for a 5 × 5 filter: "
        'use `padding="same"`.'
    ),
)
from keras import layers


def build_alexnet_64(
    input_shape=(227, 227, 3), filters=(64, 192, 384, 256, 256), units=4096, classes=1000
):
    image = keras.Input(input_shape)
    x = layers.ZeroPadding2D(2)(image)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = layers.Conv2D(filters[1], 5, activation="relu", name="conv2")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = layers.Conv2D(filters[2], 3, padding="same", activation="relu", name="conv3")(x)
    x = layers.Conv2D(filters[3], 3, padding="same", activation="relu", name="conv4")(x)
    x = layers.Conv2D(filters[4], 3, padding="same", activation="relu", name="conv5")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool5")(x)
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dense(units, activation="relu", name="fc6")(x)
    x = layers.Dense(units, activation="relu", name="fc7")(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "conv4_as_conv3",
    say=(
        "Your `conv4` has as many filters as `conv3`. In this table `conv3` has 384 filters and "
        "`conv4` has 256: take `filters[3]`."
    ),
)
from keras import layers


def build_alexnet_64(
    input_shape=(227, 227, 3), filters=(64, 192, 384, 256, 256), units=4096, classes=1000
):
    image = keras.Input(input_shape)
    x = layers.ZeroPadding2D(2)(image)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = layers.Conv2D(filters[1], 5, padding="same", activation="relu", name="conv2")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = layers.Conv2D(filters[2], 3, padding="same", activation="relu", name="conv3")(x)
    x = layers.Conv2D(filters[2], 3, padding="same", activation="relu", name="conv4")(x)
    x = layers.Conv2D(filters[4], 3, padding="same", activation="relu", name="conv5")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool5")(x)
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dense(units, activation="relu", name="fc6")(x)
    x = layers.Dense(units, activation="relu", name="fc7")(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "fc7_missing",
    say=(
        "There is only one layer of 4096 units in your network. `fc6` is followed by `fc7`, which "
        "has as many units and a ReLU."
    ),
)
from keras import layers


def build_alexnet_64(
    input_shape=(227, 227, 3), filters=(64, 192, 384, 256, 256), units=4096, classes=1000
):
    image = keras.Input(input_shape)
    x = layers.ZeroPadding2D(2)(image)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = layers.Conv2D(filters[1], 5, padding="same", activation="relu", name="conv2")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = layers.Conv2D(filters[2], 3, padding="same", activation="relu", name="conv3")(x)
    x = layers.Conv2D(filters[3], 3, padding="same", activation="relu", name="conv4")(x)
    x = layers.Conv2D(filters[4], 3, padding="same", activation="relu", name="conv5")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool5")(x)
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dense(units, activation="relu", name="fc6")(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "fc_linear",
    say=(
        "Your `fc6` and `fc7` have no ReLU, so the three fully connected layers together are a "
        'single linear one. Give both an `activation="relu"`.'
    ),
)
from keras import layers


def build_alexnet_64(
    input_shape=(227, 227, 3), filters=(64, 192, 384, 256, 256), units=4096, classes=1000
):
    image = keras.Input(input_shape)
    x = layers.ZeroPadding2D(2)(image)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = layers.Conv2D(filters[1], 5, padding="same", activation="relu", name="conv2")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = layers.Conv2D(filters[2], 3, padding="same", activation="relu", name="conv3")(x)
    x = layers.Conv2D(filters[3], 3, padding="same", activation="relu", name="conv4")(x)
    x = layers.Conv2D(filters[4], 3, padding="same", activation="relu", name="conv5")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool5")(x)
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dense(units, name="fc6")(x)
    x = layers.Dense(units, name="fc7")(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "global_pool",
    say=(
        "You average the maps over all pixels in front of `fc6`, as later networks do. AlexNet "
        "flattens them: 6 × 6 × 256 = 9216 inputs, which is why `fc6` is so large."
    ),
)
from keras import layers


def build_alexnet_64(
    input_shape=(227, 227, 3), filters=(64, 192, 384, 256, 256), units=4096, classes=1000
):
    image = keras.Input(input_shape)
    x = layers.ZeroPadding2D(2)(image)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = layers.Conv2D(filters[1], 5, padding="same", activation="relu", name="conv2")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = layers.Conv2D(filters[2], 3, padding="same", activation="relu", name="conv3")(x)
    x = layers.Conv2D(filters[3], 3, padding="same", activation="relu", name="conv4")(x)
    x = layers.Conv2D(filters[4], 3, padding="same", activation="relu", name="conv5")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool5")(x)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(units, activation="relu", name="fc6")(x)
    x = layers.Dense(units, activation="relu", name="fc7")(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "pool_after_conv3",
    say=(
        "You pool after `conv3` as well. After `pool2` the three convolutions follow each other at "
        "13 × 13 pixels; the next pooling comes after `conv5`."
    ),
)
from keras import layers


def build_alexnet_64(
    input_shape=(227, 227, 3), filters=(64, 192, 384, 256, 256), units=4096, classes=1000
):
    image = keras.Input(input_shape)
    x = layers.ZeroPadding2D(2)(image)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = layers.Conv2D(filters[1], 5, padding="same", activation="relu", name="conv2")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = layers.Conv2D(filters[2], 3, padding="same", activation="relu", name="conv3")(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    x = layers.Conv2D(filters[3], 3, padding="same", activation="relu", name="conv4")(x)
    x = layers.Conv2D(filters[4], 3, padding="same", activation="relu", name="conv5")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool5")(x)
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dense(units, activation="relu", name="fc6")(x)
    x = layers.Dense(units, activation="relu", name="fc7")(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "pool_two",
    say=(
        "You pool with 2 × 2 windows. AlexNet's windows overlap: 3 × 3 with stride 2, in all three "
        "poolings."
    ),
)
from keras import layers


def build_alexnet_64(
    input_shape=(227, 227, 3), filters=(64, 192, 384, 256, 256), units=4096, classes=1000
):
    image = keras.Input(input_shape)
    x = layers.ZeroPadding2D(2)(image)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(x)
    x = layers.MaxPooling2D(2, strides=2, name="pool1")(x)
    x = layers.Conv2D(filters[1], 5, padding="same", activation="relu", name="conv2")(x)
    x = layers.MaxPooling2D(2, strides=2, name="pool2")(x)
    x = layers.Conv2D(filters[2], 3, padding="same", activation="relu", name="conv3")(x)
    x = layers.Conv2D(filters[3], 3, padding="same", activation="relu", name="conv4")(x)
    x = layers.Conv2D(filters[4], 3, padding="same", activation="relu", name="conv5")(x)
    x = layers.MaxPooling2D(2, strides=2, name="pool5")(x)
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dense(units, activation="relu", name="fc6")(x)
    x = layers.Dense(units, activation="relu", name="fc7")(x)
    return keras.Model(image, layers.Dense(classes, name="fc8")(x))


instead(
    "softmax",
    say=(
        "Your `fc8` ends in a softmax. The table ends in class scores: leave the activation of the "
        "last layer away."
    ),
)
from keras import layers


def build_alexnet_64(
    input_shape=(227, 227, 3), filters=(64, 192, 384, 256, 256), units=4096, classes=1000
):
    image = keras.Input(input_shape)
    x = layers.ZeroPadding2D(2)(image)
    x = layers.Conv2D(filters[0], 11, strides=4, activation="relu", name="conv1")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool1")(x)
    x = layers.Conv2D(filters[1], 5, padding="same", activation="relu", name="conv2")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool2")(x)
    x = layers.Conv2D(filters[2], 3, padding="same", activation="relu", name="conv3")(x)
    x = layers.Conv2D(filters[3], 3, padding="same", activation="relu", name="conv4")(x)
    x = layers.Conv2D(filters[4], 3, padding="same", activation="relu", name="conv5")(x)
    x = layers.MaxPooling2D(3, strides=2, name="pool5")(x)
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dense(units, activation="relu", name="fc6")(x)
    x = layers.Dense(units, activation="relu", name="fc7")(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax", name="fc8")(x))
