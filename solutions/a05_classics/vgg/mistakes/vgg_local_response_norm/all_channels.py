"""You add up all channels. The window has only the n // 2 neighbours on each side."""

FAILS = ("vgg_local_response_norm", "vgg")


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
        del channels, radius
        squares = keras.ops.square(inputs)
        total = keras.ops.sum(squares, axis=-1, keepdims=True)
        return inputs / (self.k + self.alpha * total) ** self.beta

    def get_config(self):
        made_with = {"k": self.k, "n": self.n, "alpha": self.alpha, "beta": self.beta}
        return super().get_config() | made_with
