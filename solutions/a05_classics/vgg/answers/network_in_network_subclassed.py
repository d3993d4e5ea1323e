"""A model of nested sequential models."""

import keras
from keras import layers


class NetworkInNetwork(keras.Model):
    def __init__(self, blocks, dropout):
        super().__init__()
        self.blocks = [
            keras.Sequential(
                [
                    layers.Conv2D(filters[0], kernel, padding="same"),
                    layers.ReLU(),
                    layers.Conv2D(filters[1], 1),
                    layers.ReLU(),
                    layers.Conv2D(filters[2], 1),
                    layers.ReLU(),
                ]
            )
            for kernel, filters in blocks
        ]
        self.between = [
            keras.Sequential([layers.MaxPooling2D(3, 2, "same"), layers.Dropout(dropout)])
            for _ in blocks[1:]
        ]
        self.average = layers.GlobalAveragePooling2D()
        self.softmax = layers.Softmax()

    def call(self, x):
        x = self.blocks[0](x)
        for between, block in zip(self.between, self.blocks[1:], strict=True):
            x = block(between(x))
        return self.softmax(self.average(x))


def network_in_network(blocks=NIN_BLOCKS, input_shape=(32, 32, 3), dropout=0.5):
    network = NetworkInNetwork(blocks, dropout)
    network(keras.Input(input_shape))
    return network
