"""Your network returns bare scores: add a softmax at the end, so that it gives probabilities, as the
loss of this notebook expects."""

import keras

FAILS = (
    "lenet_outputs",
    "digits_accuracy",
)
HINT = None


def build_lenet():
    layers = keras.layers
    images = keras.Input((28, 28, 1))
    x = layers.Conv2D(20, 5, padding="same", activation="relu")(images)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(50, 5, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Flatten()(x)
    x = layers.Dense(500, activation="relu")(x)
    return keras.Model(images, layers.Dense(10)(x))
