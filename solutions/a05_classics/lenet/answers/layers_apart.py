"""Padding, activations and pools as layers of their own, and C5 as a fully connected layer."""

import keras
from keras import layers


def build_lenet(filters=(20, 50), units=500, classes=10, input_shape=(28, 28, 1)):
    x = images = keras.Input(input_shape)
    for count in filters:
        x = layers.ZeroPadding2D(2)(x)
        x = layers.Conv2D(count, 5)(x)
        x = layers.MaxPooling2D(2)(layers.Activation("relu")(x))
    x = layers.Reshape((-1,))(x)
    x = layers.ReLU()(layers.Dense(units)(x))
    return keras.Model(images, layers.Dense(classes)(x))


def build_lenet5(filters=(6, 16, 120), units=84, classes=10, input_shape=(32, 32, 1), c3=None):
    if c3 is None:
        c3 = layers.Conv2D(filters[1], 5, padding="valid")
    x = images = keras.Input(input_shape)
    for convolution in (layers.Conv2D(filters[0], 5), c3):
        x = layers.AveragePooling2D(2)(layers.Activation("tanh")(convolution(x)))
    x = layers.Flatten()(x)
    for count in (filters[2], units):
        x = layers.Dense(count, activation=keras.ops.tanh)(x)
    return keras.Model(images, layers.Dense(classes, activation="linear")(x))
