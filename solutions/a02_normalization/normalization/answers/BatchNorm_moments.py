"""With moments, reshaped statistics and an affine form; the update as a step."""

import keras


class BatchNorm(keras.layers.Layer):
    def __init__(self, momentum=0.99, epsilon=1e-3, **kwargs):
        super().__init__(**kwargs)
        self.momentum, self.epsilon = momentum, epsilon

    def build(self, input_shape):
        self.channels = input_shape[-1]

        def weight(name, start, trainable):
            return self.add_weight(
                name=name, shape=(self.channels,), initializer=start, trainable=trainable
            )

        self.gamma, self.beta = weight("scale", "ones", True), weight("shift", "zeros", True)
        self.moving_mean = weight("running_mean", "zeros", False)
        self.moving_variance = weight("running_variance", "ones", False)
        self.built = True

    def call(self, inputs, training=None):
        if not training:
            factor = self.gamma * keras.ops.rsqrt(self.moving_variance + self.epsilon)
            return inputs * factor + (self.beta - self.moving_mean * factor)
        rows = keras.ops.reshape(inputs, (-1, self.channels))
        mean, variance = keras.ops.moments(rows, axes=[0])
        step = 1.0 - self.momentum
        self.moving_mean.assign_add(step * (mean - self.moving_mean))
        self.moving_variance.assign_add(step * (variance - self.moving_variance))
        x_hat = (rows - mean) * keras.ops.rsqrt(variance + self.epsilon)
        return keras.ops.reshape(x_hat * self.gamma + self.beta, keras.ops.shape(inputs))

    def get_config(self):
        config = super().get_config()
        config.update(momentum=self.momentum, epsilon=self.epsilon)
        return config
