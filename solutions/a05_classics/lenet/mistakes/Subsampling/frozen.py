"""Your weights are not trainable, so the layer can never be more than average pooling. Leave out
`trainable=False`.
"""

FAILS = ("Subsampling",)

import keras


class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        shape = (input_shape[-1],)
        self.coefficient = self.add_weight(
            shape=shape, initializer="ones", trainable=False, name="coefficient"
        )
        self.bias = self.add_weight(shape=shape, initializer="zeros", trainable=False, name="bias")

    def call(self, inputs):
        return self.coefficient * keras.ops.average_pool(inputs, 2) + self.bias
