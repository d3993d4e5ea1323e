"""You call TensorFlow's local response normalization, which is what you are asked to write."""

FAILS = ("vgg_local_response_norm",)
HINT = None


import keras
import tensorflow as tf


class LocalResponseNorm(keras.layers.Layer):
    def __init__(self, k=2.0, n=5, alpha=1e-4, beta=0.75, **kwargs):
        super().__init__(**kwargs)
        self.settings = {"k": k, "n": n, "alpha": alpha, "beta": beta}

    def call(self, inputs):
        settings = self.settings
        return tf.nn.local_response_normalization(
            inputs, settings["n"] // 2, settings["k"], settings["alpha"], settings["beta"]
        )

    def get_config(self):
        return super().get_config() | self.settings
