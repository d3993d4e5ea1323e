"""You take the largest of the four values; subsampling takes their mean."""

FAILS = ("Subsampling",)

import keras


class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        shape = (input_shape[-1],)
        self.coefficient = self.add_weight(shape=shape, initializer="ones", name="coefficient")
        self.bias = self.add_weight(shape=shape, initializer="zeros", name="bias")

    def call(self, inputs):
        return self.coefficient * keras.ops.max_pool(inputs, 2) + self.bias
