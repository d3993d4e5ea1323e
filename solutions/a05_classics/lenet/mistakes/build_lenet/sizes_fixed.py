"""You wrote the sizes of the slide into the network and left out the arguments, so it cannot be
made narrower. Use `filters`, `units`, `classes` and `input_shape`.
"""

FAILS = ("build_lenet",)

import keras


def build_lenet(filters=(20, 50), units=500, classes=10, input_shape=(28, 28, 1)):
    images = keras.Input(input_shape)
    x = keras.layers.Conv2D(20, 5, padding="same", activation="relu", name="conv1")(images)
    x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Conv2D(50, 5, padding="same", activation="relu", name="conv2")(x)
    x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(500, activation="relu", name="linear1")(x)
    x = keras.layers.Dense(10, name="linear2")(x)
    return keras.Model(images, x)
