"""Your windows overlap: they move by one pixel. With stride 2 they stand side by side."""

FAILS = ("Subsampling",)

import keras


class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        shape = (input_shape[-1],)
        self.coefficient = self.add_weight(shape=shape, initializer="ones", name="coefficient")
        self.bias = self.add_weight(shape=shape, initializer="zeros", name="bias")

    def call(self, inputs):
        return self.coefficient * keras.ops.average_pool(inputs, 2, strides=1) + self.bias
