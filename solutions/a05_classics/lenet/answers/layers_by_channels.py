"""Subsampling as a layer around a pooling layer; the sparse convolution as a sum over the maps."""

import keras
import numpy as np


class Subsampling(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.pool = keras.layers.AveragePooling2D(2)

    def build(self, input_shape):
        self.coefficient = self.add_weight(shape=input_shape[-1:], initializer="ones")
        self.bias = self.add_weight(shape=input_shape[-1:], initializer="zeros")

    def call(self, inputs):
        return keras.ops.add(keras.ops.multiply(self.pool(inputs), self.coefficient), self.bias)


class SparseConv2D(keras.layers.Layer):
    def __init__(self, table, kernel_size=5, **kwargs):
        super().__init__(**kwargs)
        self.table = np.array(table).tolist()
        self.kernel_size = kernel_size

    def build(self, input_shape):
        channels, filters = np.shape(self.table)
        shape = (self.kernel_size, self.kernel_size, channels, filters)
        self.kernel = self.add_weight(shape=shape, initializer="glorot_uniform")
        self.bias = self.add_weight(shape=(filters,), initializer="zeros")

    def call(self, inputs):
        total = self.bias
        for c, row in enumerate(self.table):
            mask = keras.ops.convert_to_tensor([1.0 if seen else 0.0 for seen in row])
            own = self.kernel[:, :, c : c + 1] * mask
            total = total + keras.ops.conv(inputs[..., c : c + 1], own)
        return total

    def get_config(self):
        config = super().get_config()
        config.update(table=[list(row) for row in self.table], kernel_size=self.kernel_size)
        return config
