"""Your convolutions have no padding, so the maps shrink to 24 × 24 and 8 × 8. P = 2 on the slide
is `padding="same"`.
"""

FAILS = ("build_lenet",)

import keras


def build_lenet(filters=(20, 50), units=500, classes=10, input_shape=(28, 28, 1)):
    images = keras.Input(input_shape)
    x = keras.layers.Conv2D(filters[0], 5, activation="relu", name="conv1")(images)
    x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Conv2D(filters[1], 5, activation="relu", name="conv2")(x)
    x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(units, activation="relu", name="linear1")(x)
    x = keras.layers.Dense(classes, name="linear2")(x)
    return keras.Model(images, x)
