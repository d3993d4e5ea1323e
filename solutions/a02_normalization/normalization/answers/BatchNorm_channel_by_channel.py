"""Each channel by itself, in a loop over the channels, stacked at the end."""

import keras


class BatchNorm(keras.layers.Layer):
    def __init__(self, momentum=0.99, epsilon=1e-3, **kwargs):
        super().__init__(**kwargs)
        self.momentum = momentum
        self.epsilon = epsilon

    def build(self, input_shape):
        size = (int(input_shape[-1]),)
        self.gamma = self.add_weight(size, "ones", name="gamma")
        self.beta = self.add_weight(size, "zeros", name="beta")
        self.moving_mean = self.add_weight(size, "zeros", trainable=False, name="mean")
        self.moving_variance = self.add_weight(size, "ones", trainable=False, name="variance")

    def call(self, inputs, training=False):
        outputs, means, variances = [], [], []
        for channel in range(inputs.shape[-1]):
            values = inputs[..., channel]
            mean, variance = self.moving_mean[channel], self.moving_variance[channel]
            if training:
                mean = keras.ops.mean(values)
                variance = keras.ops.mean(keras.ops.square(values - mean))
            means.append(mean)
            variances.append(variance)
            x_hat = (values - mean) / keras.ops.sqrt(variance + self.epsilon)
            outputs.append(self.gamma[channel] * x_hat + self.beta[channel])
        if training:
            for weight, new in ((self.moving_mean, means), (self.moving_variance, variances)):
                new = keras.ops.stack(new)
                weight.assign(self.momentum * weight + (1 - self.momentum) * new)
        return keras.ops.stack(outputs, axis=-1)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum, "epsilon": self.epsilon}
