"""Your `conv4` has as many filters as `conv3`. In this table `conv3` has 384 filters and `conv4`
has 256: take `filters[3]`."""

import keras
from keras import layers

FAILS = ("alexnet_64",)


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
