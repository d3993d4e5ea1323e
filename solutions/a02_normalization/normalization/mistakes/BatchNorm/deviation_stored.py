"""Your moving variance averages standard deviations. Average the variance, and take the root
where you divide.
"""

import keras

FAILS = ("BatchNorm",)


class BatchNorm(keras.layers.Layer):
    def __init__(self, momentum=0.99, epsilon=1e-3, **kwargs):
        super().__init__(**kwargs)
        self.momentum = momentum
        self.epsilon = epsilon

    def build(self, input_shape):
        shape = (input_shape[-1],)
        self.gamma = self.add_weight(shape=shape, initializer="ones", name="gamma")
        self.beta = self.add_weight(shape=shape, initializer="zeros", name="beta")
        self.moving_mean = self.add_weight(
            shape=shape, initializer="zeros", trainable=False, name="moving_mean"
        )
        self.moving_variance = self.add_weight(
            shape=shape, initializer="ones", trainable=False, name="moving_variance"
        )

    def call(self, inputs, training=False):
        axes = tuple(range(len(inputs.shape) - 1))
        mean, variance = self.moving_mean, self.moving_variance
        if training:
            mean = keras.ops.mean(inputs, axis=axes)
            variance = keras.ops.var(inputs, axis=axes)
            keep = self.momentum
            self.moving_mean.assign(keep * self.moving_mean + (1 - keep) * mean)
            self.moving_variance.assign(
                keep * self.moving_variance + (1 - keep) * keras.ops.sqrt(variance)
            )
        x_hat = (inputs - mean) / keras.ops.sqrt(variance + self.epsilon)
        return self.gamma * x_hat + self.beta

    def get_config(self):
        return super().get_config() | {"momentum": self.momentum, "epsilon": self.epsilon}
