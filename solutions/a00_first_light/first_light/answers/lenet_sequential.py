"""A Sequential model with every activation as a layer of its own."""

import keras


def build_lenet():
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(20, 5, padding="same"),
            layers.ReLU(),
            layers.MaxPooling2D(),
            layers.Conv2D(50, (5, 5), padding="same"),
            layers.Activation("relu"),
            layers.MaxPooling2D((2, 2), strides=2),
            layers.Flatten(),
            layers.Dense(500),
            layers.ReLU(),
            layers.Dense(10),
            layers.Softmax(),
        ]
    )
