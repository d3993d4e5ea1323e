"""Each mlpconv layer a layer of its own; the mean as an operation."""

import keras
from keras import layers, ops


class MlpConv(layers.Layer):
    def __init__(self, kernel, filters, **kwargs):
        super().__init__(**kwargs)
        self.convolutions = [
            layers.Conv2D(count, side, padding="same")
            for count, side in zip(filters, (kernel, 1, 1), strict=True)
        ]

    def call(self, x):
        for convolution in self.convolutions:
            x = ops.relu(convolution(x))
        return x


def network_in_network(blocks=NIN_BLOCKS, input_shape=(32, 32, 3), dropout=0.5):
    image = keras.Input(input_shape)
    x = MlpConv(*blocks[0])(image)
    for block in blocks[1:]:
        x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
        x = MlpConv(*block)(layers.Dropout(dropout)(x))
    return keras.Model(image, ops.softmax(ops.mean(x, axis=(1, 2))))
