"""You made one coefficient and one bias for all maps. Each map has its own: the shape is
`(channels,)`.
"""

FAILS = ("Subsampling",)

import keras


class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        shape = (1,)
        self.coefficient = self.add_weight(shape=shape, initializer="ones", name="coefficient")
        self.bias = self.add_weight(shape=shape, initializer="zeros", name="bias")

    def call(self, inputs):
        return self.coefficient * keras.ops.average_pool(inputs, 2) + self.bias
