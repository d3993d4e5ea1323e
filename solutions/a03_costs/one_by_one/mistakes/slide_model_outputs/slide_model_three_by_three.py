"""Your second layer has 3 × 3 filters. It is the one with 1 × 1 filters: `Conv2D(maps, 1)`."""

import keras

FAILS = ("slide_model_outputs", "slide_model")


def slide_model(maps=None, first=512, input_shape=(256, 256, 3)):
    model = keras.Sequential([keras.Input(input_shape)])
    model.add(keras.layers.Conv2D(first, 3, padding="same", activation="relu", name="conv2d_1"))
    if maps is not None:
        model.add(keras.layers.Conv2D(maps, 3, padding="same", activation="relu", name="conv2d_2"))
    return model
