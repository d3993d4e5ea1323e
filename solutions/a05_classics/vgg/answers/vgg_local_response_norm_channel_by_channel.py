"""One channel after the other."""

import keras


class LocalResponseNorm(keras.layers.Layer):
    def __init__(self, k=2.0, n=5, alpha=1e-4, beta=0.75, **kwargs):
        super().__init__(**kwargs)
        self.settings = {"k": k, "n": n, "alpha": alpha, "beta": beta}

    def call(self, inputs):
        k, n, alpha, beta = self.settings.values()
        channels = inputs.shape[-1]
        maps = []
        for c in range(channels):
            window = inputs[:, :, :, max(0, c - n // 2) : min(channels, c + n // 2 + 1)]
            total = keras.ops.sum(window * window, axis=-1)
            maps.append(inputs[:, :, :, c] / (k + alpha * total) ** beta)
        return keras.ops.stack(maps, axis=-1)

    def get_config(self):
        return super().get_config() | self.settings
