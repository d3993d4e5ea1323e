"""You gave the two layers each other's numbers of filters: `first` belongs to `conv2d_1`, `maps`
to `conv2d_2`.
"""

import keras

FAILS = ("slide_model_outputs", "slide_model")


def slide_model(maps=None, first=512, input_shape=(256, 256, 3)):
    model = keras.Sequential([keras.Input(input_shape)])
    before = first if maps is None else maps
    model.add(keras.layers.Conv2D(before, 3, padding="same", activation="relu", name="conv2d_1"))
    if maps is not None:
        model.add(keras.layers.Conv2D(first, 1, activation="relu", name="conv2d_2"))
    return model
