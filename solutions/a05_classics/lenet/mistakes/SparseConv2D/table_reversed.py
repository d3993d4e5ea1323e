"""Your mask is the opposite of the table: it keeps the kernel where there is no connection."""

FAILS = ("SparseConv2D",)

import keras
import numpy as np


class SparseConv2D(keras.layers.Layer):
    def __init__(self, table, kernel_size=5, **kwargs):
        super().__init__(**kwargs)
        self.table = np.array(table, dtype="float32")
        self.kernel_size = kernel_size

    def build(self, input_shape):
        side, filters = self.kernel_size, self.table.shape[1]
        self.kernel = self.add_weight(shape=(side, side, *self.table.shape), name="kernel")
        self.bias = self.add_weight(shape=(filters,), initializer="zeros", name="bias")

    def call(self, inputs):
        return keras.ops.conv(inputs, self.kernel * (1 - self.table), padding="valid") + self.bias

    def get_config(self):
        config = {"table": self.table.tolist(), "kernel_size": self.kernel_size}
        return super().get_config() | config
