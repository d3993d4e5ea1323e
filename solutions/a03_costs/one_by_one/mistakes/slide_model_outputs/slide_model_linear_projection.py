"""Your 1 × 1 layer has no ReLU. The slide gives it one: a projection with a nonlinearity."""

import keras

FAILS = ("slide_model_outputs",)


def slide_model(maps=None, first=512, input_shape=(256, 256, 3)):
    model = keras.Sequential([keras.Input(input_shape)])
    model.add(keras.layers.Conv2D(first, 3, padding="same", activation="relu", name="conv2d_1"))
    if maps is not None:
        model.add(keras.layers.Conv2D(maps, 1, name="conv2d_2"))
    return model
