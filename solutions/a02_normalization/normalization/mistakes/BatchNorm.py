"""Mistakes in `BatchNorm`."""

from autograder.checks import change, instead


@instead(
    "batch_statistics_at_inference",
    say=(
        "Your layer normalizes with the batch's statistics in inference too. With training=False "
        "use the moving mean and variance."
    ),
)
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
        mean = keras.ops.mean(inputs, axis=axes)
        variance = keras.ops.var(inputs, axis=axes)
        if training:
            keep = self.momentum
            self.moving_mean.assign(keep * self.moving_mean + (1 - keep) * mean)
            self.moving_variance.assign(keep * self.moving_variance + (1 - keep) * variance)
        x_hat = (inputs - mean) / keras.ops.sqrt(variance + self.epsilon)
        return self.gamma * x_hat + self.beta

    def get_config(self):
        return super().get_config() | {"momentum": self.momentum, "epsilon": self.epsilon}


change(
    "config_of_the_parent",
    """
    def call(self, inputs, training=False):
    """,
    """
    def call(self, inputs, training=False):
        axes = tuple(range(len(inputs.shape) - 1))
        mean, variance = self.moving_mean, self.moving_variance
    """,
    """
    if training:
        axes = tuple(range(len(inputs.shape) - 1))
    """,
    """
    if training:
    """,
    """
    else:
        mean, variance = self.moving_mean, self.moving_variance
    scale = self.gamma / keras.ops.sqrt(variance + self.epsilon)
    return scale * (inputs - mean) + self.beta
    """,
    """
    x_hat = (inputs - mean) / keras.ops.sqrt(variance + self.epsilon)
    return self.gamma * x_hat + self.beta
    """,
    'return super().get_config() | {"momentum": self.momentum, "epsilon": self.epsilon}',
    "return super().get_config()",
    say=(
        "Your get_config leaves momentum and epsilon out, so a layer that is loaded again has the "
        "defaults. Add both to the dictionary of super().get_config()."
    ),
)

change(
    "config_without_momentum",
    """
    def call(self, inputs, training=False):
    """,
    """
    def call(self, inputs, training=False):
        axes = tuple(range(len(inputs.shape) - 1))
        mean, variance = self.moving_mean, self.moving_variance
    """,
    """
    if training:
        axes = tuple(range(len(inputs.shape) - 1))
    """,
    """
    if training:
    """,
    """
    else:
        mean, variance = self.moving_mean, self.moving_variance
    scale = self.gamma / keras.ops.sqrt(variance + self.epsilon)
    return scale * (inputs - mean) + self.beta
    """,
    """
    x_hat = (inputs - mean) / keras.ops.sqrt(variance + self.epsilon)
    return self.gamma * x_hat + self.beta
    """,
    'return super().get_config() | {"momentum": self.momentum, "epsilon": self.epsilon}',
    'return super().get_config() | {"epsilon": self.epsilon}',
    say=(
        "Your get_config leaves momentum out, so a layer that is loaded again falls back to 0.99. "
        "Put every argument of __init__ into the configuration."
    ),
)


@instead(
    "deviation_stored",
    say=(
        "Your moving variance averages standard deviations. Average the variance, and take the "
        "root where you divide."
    ),
)
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


change(
    "epsilon_outside",
    """
    def call(self, inputs, training=False):
    """,
    """
    def call(self, inputs, training=False):
        axes = tuple(range(len(inputs.shape) - 1))
        mean, variance = self.moving_mean, self.moving_variance
    """,
    """
    if training:
        axes = tuple(range(len(inputs.shape) - 1))
    """,
    """
    if training:
    """,
    """
    else:
        mean, variance = self.moving_mean, self.moving_variance
    scale = self.gamma / keras.ops.sqrt(variance + self.epsilon)
    return scale * (inputs - mean) + self.beta
    """,
    """
    x_hat = (inputs - mean) / (keras.ops.sqrt(variance) + self.epsilon)
    return self.gamma * x_hat + self.beta
    """,
    say="Your epsilon stands outside the root. Divide by sqrt(variance + epsilon).",
)


@instead(
    "for_each_pixel",
    say=(
        "Your statistics are over the batch alone, one for each pixel. Average over all axes but "
        "the last, so that a channel has one mean."
    ),
)
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
        axes = (0,)
        mean, variance = self.moving_mean, self.moving_variance
        if training:
            mean = keras.ops.mean(inputs, axis=axes)
            variance = keras.ops.var(inputs, axis=axes)
            keep = self.momentum
            self.moving_mean.assign(
                keep * self.moving_mean
                + (1 - keep) * keras.ops.mean(keras.ops.reshape(mean, (-1, mean.shape[-1])), axis=0)
            )
            self.moving_variance.assign(
                keep * self.moving_variance
                + (1 - keep)
                * keras.ops.mean(keras.ops.reshape(variance, (-1, mean.shape[-1])), axis=0)
            )
        x_hat = (inputs - mean) / keras.ops.sqrt(variance + self.epsilon)
        return self.gamma * x_hat + self.beta

    def get_config(self):
        return super().get_config() | {"momentum": self.momentum, "epsilon": self.epsilon}


@instead(
    "moving_statistics_in_training",
    say=(
        "Your layer normalizes with the moving statistics in training. They are for inference; in "
        "training the batch's own mean and variance are used, and gradients flow through them."
    ),
)
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
            batch_mean = keras.ops.mean(inputs, axis=axes)
            batch_variance = keras.ops.var(inputs, axis=axes)
            keep = self.momentum
            self.moving_mean.assign(keep * self.moving_mean + (1 - keep) * batch_mean)
            self.moving_variance.assign(keep * self.moving_variance + (1 - keep) * batch_variance)
        x_hat = (inputs - mean) / keras.ops.sqrt(variance + self.epsilon)
        return self.gamma * x_hat + self.beta

    def get_config(self):
        return super().get_config() | {"momentum": self.momentum, "epsilon": self.epsilon}


@instead(
    "never_updated",
    say=(
        "Your moving statistics never change, so inference works with mean 0 and variance 1. In "
        "training, assign the new averages to the two weights."
    ),
)
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
        x_hat = (inputs - mean) / keras.ops.sqrt(variance + self.epsilon)
        return self.gamma * x_hat + self.beta

    def get_config(self):
        return super().get_config() | {"momentum": self.momentum, "epsilon": self.epsilon}


@instead(
    "numpy",
    say=(
        "Your layer computes with NumPy. A compiled model hands it symbols instead of numbers: use "
        "`keras.ops`."
    ),
    hint=None,
)
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
            mean = np.mean(inputs, axis=axes)
            variance = np.var(inputs, axis=axes)
            keep = self.momentum
            self.moving_mean.assign(keep * self.moving_mean + (1 - keep) * mean)
            self.moving_variance.assign(keep * self.moving_variance + (1 - keep) * variance)
        x_hat = (inputs - mean) / keras.ops.sqrt(variance + self.epsilon)
        return self.gamma * x_hat + self.beta

    def get_config(self):
        return super().get_config() | {"momentum": self.momentum, "epsilon": self.epsilon}


@instead(
    "statistics_trainable",
    say=(
        "Your moving statistics are trainable, so the optimizer counts them as its own. Make both "
        "with `trainable=False`."
    ),
)
class BatchNorm(keras.layers.Layer):
    def __init__(self, momentum=0.99, epsilon=1e-3, **kwargs):
        super().__init__(**kwargs)
        self.momentum = momentum
        self.epsilon = epsilon

    def build(self, input_shape):
        shape = (input_shape[-1],)
        self.gamma = self.add_weight(shape=shape, initializer="ones", name="gamma")
        self.beta = self.add_weight(shape=shape, initializer="zeros", name="beta")
        self.moving_mean = self.add_weight(shape=shape, initializer="zeros", name="moving_mean")
        self.moving_variance = self.add_weight(
            shape=shape, initializer="ones", name="moving_variance"
        )

    def call(self, inputs, training=False):
        axes = tuple(range(len(inputs.shape) - 1))
        mean, variance = self.moving_mean, self.moving_variance
        if training:
            mean = keras.ops.mean(inputs, axis=axes)
            variance = keras.ops.var(inputs, axis=axes)
            keep = self.momentum
            self.moving_mean.assign(keep * self.moving_mean + (1 - keep) * mean)
            self.moving_variance.assign(keep * self.moving_variance + (1 - keep) * variance)
        x_hat = (inputs - mean) / keras.ops.sqrt(variance + self.epsilon)
        return self.gamma * x_hat + self.beta

    def get_config(self):
        return super().get_config() | {"momentum": self.momentum, "epsilon": self.epsilon}


@instead(
    "subclassed",
    say="You let the layer of Keras do the work. Write build and call yourself, with keras.ops.",
    hint=None,
)
class BatchNorm(keras.layers.BatchNormalization):
    pass


@instead(
    "updated_at_inference",
    say=(
        "Your layer updates the moving statistics in inference. A test must not change the "
        "network: update them under `if training` alone."
    ),
)
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
        mean = keras.ops.mean(inputs, axis=axes)
        variance = keras.ops.var(inputs, axis=axes)
        keep = self.momentum
        self.moving_mean.assign(keep * self.moving_mean + (1 - keep) * mean)
        self.moving_variance.assign(keep * self.moving_variance + (1 - keep) * variance)
        if not training:
            mean, variance = self.moving_mean, self.moving_variance
        x_hat = (inputs - mean) / keras.ops.sqrt(variance + self.epsilon)
        return self.gamma * x_hat + self.beta

    def get_config(self):
        return super().get_config() | {"momentum": self.momentum, "epsilon": self.epsilon}


change(
    "wrong_side",
    """
    def call(self, inputs, training=False):
    """,
    """
    def call(self, inputs, training=False):
        axes = tuple(range(len(inputs.shape) - 1))
        mean, variance = self.moving_mean, self.moving_variance
    """,
    """
    if training:
        axes = tuple(range(len(inputs.shape) - 1))
    """,
    """
    if training:
    """,
    "keep = self.momentum",
    "keep = 1 - self.momentum",
    """
    else:
        mean, variance = self.moving_mean, self.moving_variance
    scale = self.gamma / keras.ops.sqrt(variance + self.epsilon)
    return scale * (inputs - mean) + self.beta
    """,
    """
    x_hat = (inputs - mean) / keras.ops.sqrt(variance + self.epsilon)
    return self.gamma * x_hat + self.beta
    """,
    say=(
        "Your momentum stands on the wrong side: nearly all of each new batch goes into the moving "
        "statistics. Keep momentum of the old value and add (1 - momentum) of the new one."
    ),
)
