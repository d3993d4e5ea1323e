"""Your network always has its own full C3, whatever is passed as `c3`. If `c3` is not None, use
`c3(x)` in its place.
"""

FAILS = ("wired_convolution",)

import keras


def build_lenet5(filters=(6, 16, 120), units=84, classes=10, input_shape=(32, 32, 1), c3=None):
    images = keras.Input(input_shape)
    x = keras.layers.Conv2D(filters[0], 5, activation="tanh", name="C1")(images)
    x = keras.layers.AveragePooling2D(2, name="S2")(x)
    c3 = keras.layers.Conv2D(filters[1], 5, name="C3")
    x = keras.layers.Activation("tanh", name="C3_tanh")(c3(x))
    x = keras.layers.AveragePooling2D(2, name="S4")(x)
    x = keras.layers.Conv2D(filters[2], 5, activation="tanh", name="C5")(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(units, activation="tanh", name="F6")(x)
    x = keras.layers.Dense(classes, name="output")(x)
    return keras.Model(images, x)
