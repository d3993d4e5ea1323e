"""You add up the values. The sum is over their squares."""

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
        around = [[0, 0], [0, 0], [0, 0], [radius, radius]]
        squares = keras.ops.pad(inputs, around)
        total = sum(squares[..., start : start + channels] for start in range(2 * radius + 1))
        return inputs / (self.k + self.alpha * keras.ops.abs(total)) ** self.beta

    def get_config(self):
        made_with = {"k": self.k, "n": self.n, "alpha": self.alpha, "beta": self.beta}
        return super().get_config() | made_with
