"""Your layer multiplies the sum of the four values, four times the mean. With coefficient 1 it
must be average pooling.
"""

FAILS = ("Subsampling",)

import keras


class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        shape = (input_shape[-1],)
        self.coefficient = self.add_weight(shape=shape, initializer="ones", name="coefficient")
        self.bias = self.add_weight(shape=shape, initializer="zeros", name="bias")

    def call(self, inputs):
        return self.coefficient * 4 * keras.ops.average_pool(inputs, 2) + self.bias
