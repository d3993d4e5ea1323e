"""The window as a matrix of zeros and ones."""

import keras
import numpy as np


class LocalResponseNorm(keras.layers.Layer):
    def __init__(self, k=2.0, n=5, alpha=1e-4, beta=0.75, **kwargs):
        super().__init__(**kwargs)
        self.k, self.n, self.alpha, self.beta = k, n, alpha, beta

    def call(self, inputs):
        places = np.arange(inputs.shape[-1])
        band = abs(places[:, None] - places) <= self.n // 2
        total = keras.ops.matmul(keras.ops.square(inputs), band.astype("float32"))
        return inputs * keras.ops.power(self.k + self.alpha * total, -self.beta)

    def get_config(self):
        return {
            **super().get_config(),
            "k": self.k,
            "n": self.n,
            "alpha": self.alpha,
            "beta": self.beta,
        }
