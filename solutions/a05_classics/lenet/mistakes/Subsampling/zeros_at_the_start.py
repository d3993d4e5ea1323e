"""Your coefficients start at 0, and so does everything that the layer gives. Start them at 1,
where the layer is plain average pooling.
"""

FAILS = ("Subsampling",)

import keras


class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        shape = (input_shape[-1],)
        self.coefficient = self.add_weight(shape=shape, initializer="zeros", name="coefficient")
        self.bias = self.add_weight(shape=shape, initializer="zeros", name="bias")

    def call(self, inputs):
        return self.coefficient * keras.ops.average_pool(inputs, 2) + self.bias
