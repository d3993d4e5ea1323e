"""A list of layers, with dense layers as the perceptron."""

import keras
from keras import layers


def network_in_network(blocks=NIN_BLOCKS, input_shape=(32, 32, 3), dropout=0.5):
    steps = [keras.Input(input_shape)]
    for number, (kernel, (first, second, third)) in enumerate(blocks):
        if number:
            steps += [layers.MaxPool2D((3, 3), 2, padding="same"), layers.Dropout(dropout)]
        steps += [
            layers.Conv2D(first, kernel, padding="same", activation="relu"),
            layers.Dense(second, activation="relu"),
            layers.Dense(third, activation="relu"),
        ]
    return keras.Sequential([*steps, layers.GlobalAvgPool2D(), layers.Activation("softmax")])
