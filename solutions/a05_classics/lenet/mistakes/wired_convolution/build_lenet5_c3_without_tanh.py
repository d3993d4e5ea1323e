"""When `c3` is passed, there is no tanh behind it in your network. The tanh belongs behind C3 in
both cases.
"""

FAILS = ("wired_convolution",)

import keras


def build_lenet5(filters=(6, 16, 120), units=84, classes=10, input_shape=(32, 32, 1), c3=None):
    images = keras.Input(input_shape)
    x = keras.layers.Conv2D(filters[0], 5, activation="tanh", name="C1")(images)
    x = keras.layers.AveragePooling2D(2, name="S2")(x)
    c3 = c3 or keras.layers.Conv2D(filters[1], 5, activation="tanh", name="C3")
    x = c3(x)
    x = keras.layers.AveragePooling2D(2, name="S4")(x)
    x = keras.layers.Conv2D(filters[2], 5, activation="tanh", name="C5")(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(units, activation="tanh", name="F6")(x)
    x = keras.layers.Dense(classes, name="output")(x)
    return keras.Model(images, x)
