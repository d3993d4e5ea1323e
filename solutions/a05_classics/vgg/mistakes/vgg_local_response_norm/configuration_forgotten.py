"""Your get_config does not return the layer's own settings, so a saved network is made again
with k = 2, n = 5 and so on. Add them to what super().get_config() returns.
"""

FAILS = ("vgg_local_response_norm",)


import keras


class LocalResponseNorm(keras.layers.Layer):
    def __init__(self, k=2.0, n=5, alpha=1e-4, beta=0.75, **kwargs):
        super().__init__(**kwargs)
        self.k = k
        self.n = n
        self.alpha = alpha
        self.beta = beta

    def call(self, inputs):
        channels, radius = inputs.shape[-1], self.n // 2
        around = [[0, 0], [0, 0], [0, 0], [radius, radius]]
        squares = keras.ops.pad(keras.ops.square(inputs), around)
        total = sum(squares[..., start : start + channels] for start in range(2 * radius + 1))
        return inputs / (self.k + self.alpha * total) ** self.beta

    def get_config(self):
        return super().get_config()
