"""The multilayer perceptron as dense layers: Keras applies them at every pixel. Their kernels take
the weights of 1 x 1 convolutions after two axes are dropped.
"""

import keras
import numpy as np


class PixelDense(keras.layers.Dense):
    def set_weights(self, weights):
        super().set_weights([np.reshape(weights[0], weights[0].shape[-2:]), weights[1]])


def mlpconv(input_shape, filters, kernel_size=3):
    inputs = keras.Input(input_shape)
    x = keras.layers.Conv2D(
        filters[0], kernel_size, padding="same", activation="relu", name="conv"
    )(inputs)
    for units, name in zip(filters[1:], ("mlp_1", "mlp_2"), strict=True):
        x = PixelDense(units, activation="relu", name=name)(x)
    return keras.Model(inputs, x)
