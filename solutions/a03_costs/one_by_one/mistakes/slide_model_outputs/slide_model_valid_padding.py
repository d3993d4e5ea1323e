"""Your first layer loses a frame of pixels. The slide has `padding="same"`, so that the maps are
as large as the image.
"""

import keras

FAILS = ("slide_model_outputs", "slide_model")


def slide_model(maps=None, first=512, input_shape=(256, 256, 3)):
    model = keras.Sequential([keras.Input(input_shape)])
    model.add(keras.layers.Conv2D(first, 3, activation="relu", name="conv2d_1"))
    if maps is not None:
        model.add(keras.layers.Conv2D(maps, 1, activation="relu", name="conv2d_2"))
    return model
