"""You switched the biases off. In the summaries of the slides every filter has one."""

import keras

FAILS = ("slide_model_outputs", "slide_model")


def slide_model(maps=None, first=512, input_shape=(256, 256, 3)):
    model = keras.Sequential([keras.Input(input_shape)])
    model.add(
        keras.layers.Conv2D(
            first, 3, padding="same", activation="relu", use_bias=False, name="conv2d_1"
        )
    )
    if maps is not None:
        model.add(keras.layers.Conv2D(maps, 1, activation="relu", use_bias=False, name="conv2d_2"))
    return model
