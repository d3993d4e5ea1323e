"""Mistakes in `BatchNorm`."""

from autograder.checks import change, instead

change(
    "batch_statistics_at_inference",
    """
    if training:
        axes = tuple(range(len(inputs.shape) - 1))
        mean = keras.ops.mean(inputs, axis=axes)
        variance = keras.ops.var(inputs, axis=axes)
        keep = self.momentum
    """,
    """
    axes = tuple(range(len(inputs.shape) - 1))
    mean = keras.ops.mean(inputs, axis=axes)
    variance = keras.ops.var(inputs, axis=axes)
    if training:
        keep = self.momentum
    """,
    """
    else:
        mean, variance = self.moving_mean, self.moving_variance
    """,
    """
    """,
    say=(
        "Your layer normalizes with the batch's statistics in inference too. With training=False "
        "use the moving mean and variance."
    ),
)

change(
    "training_ignored",
    "if training:",
    "if True:",
    say=(
        "Your layer ignores `training`: in inference, too, it takes the batch's statistics and "
        "updates the moving ones. With training=False use the moving ones and change nothing."
    ),
)

change(
    "updated_at_inference",
    """
    if training:
        axes = tuple(range(len(inputs.shape) - 1))
        mean = keras.ops.mean(inputs, axis=axes)
        variance = keras.ops.var(inputs, axis=axes)
        keep = self.momentum
        self.moving_mean.assign(keep * self.moving_mean + (1 - keep) * mean)
        self.moving_variance.assign(keep * self.moving_variance + (1 - keep) * variance)
    else:
        mean, variance = self.moving_mean, self.moving_variance
    """,
    """
    axes = tuple(range(len(inputs.shape) - 1))
    mean = keras.ops.mean(inputs, axis=axes)
    variance = keras.ops.var(inputs, axis=axes)
    keep = self.momentum
    self.moving_mean.assign(keep * self.moving_mean + (1 - keep) * mean)
    self.moving_variance.assign(keep * self.moving_variance + (1 - keep) * variance)
    if not training:
        mean, variance = self.moving_mean, self.moving_variance
    """,
    say=(
        "Your layer updates the moving statistics in inference. A test must not change the "
        "network: update them under `if training` alone."
    ),
)

change(
    "moving_statistics_in_training",
    """
    else:
        mean, variance = self.moving_mean, self.moving_variance
    """,
    """
    mean, variance = self.moving_mean, self.moving_variance
    """,
    say=(
        "Your layer normalizes with the moving statistics in training. They are for inference; in "
        "training the batch's own mean and variance are used, and gradients flow through them."
    ),
)

change(
    "modes_swapped",
    "if training:",
    "if not training:",
    say=(
        "Your two modes are swapped: the batch's statistics are used and averaged where `training` "
        "is False. They belong to training=True."
    ),
)

change(
    "never_updated",
    """
    self.moving_mean.assign(keep * self.moving_mean + (1 - keep) * mean)
    self.moving_variance.assign(keep * self.moving_variance + (1 - keep) * variance)
    """,
    """
    pass
    """,
    say=(
        "Your moving statistics never change, so inference works with mean 0 and variance 1. In "
        "training, assign the new averages to the two weights."
    ),
)

change(
    "variance_never_updated",
    """
    self.moving_variance.assign(keep * self.moving_variance + (1 - keep) * variance)
    """,
    """
    pass
    """,
    say="You update the moving mean alone. The moving variance is updated in the same way.",
)

change(
    "wrong_side",
    "keep = self.momentum",
    "keep = 1 - self.momentum",
    say=(
        "Your momentum stands on the wrong side: nearly all of each new batch goes into the moving "
        "statistics. Keep momentum of the old value and add (1 - momentum) of the new."
    ),
)

change(
    "momentum_fixed",
    "keep = self.momentum",
    "keep = 0.99",
    say=(
        "Your layer always keeps 0.99 of the moving statistics. Use `self.momentum`, which the user "
        "may have chosen otherwise."
    ),
)

change(
    "epsilon_fixed",
    "keras.ops.sqrt(variance + self.epsilon)",
    "keras.ops.sqrt(variance + 1e-3)",
    say=(
        "Your layer always adds 0.001 to the variance. Use `self.epsilon`, which the user may have "
        "chosen otherwise."
    ),
)

change(
    "epsilon_outside",
    "keras.ops.sqrt(variance + self.epsilon)",
    "(keras.ops.sqrt(variance) + self.epsilon)",
    say="Your epsilon stands outside the root. Divide by sqrt(variance + epsilon).",
)

change(
    "epsilon_forgotten",
    "keras.ops.sqrt(variance + self.epsilon)",
    "keras.ops.sqrt(variance)",
    say="You forgot epsilon. Divide by sqrt(variance + self.epsilon), in both modes.",
)

change(
    "root_forgotten",
    "keras.ops.sqrt(variance + self.epsilon)",
    "(variance + self.epsilon)",
    say="You divide by the variance. Divide by its root, sqrt(variance + epsilon).",
)

change(
    "deviation_stored",
    "self.moving_variance.assign(keep * self.moving_variance + (1 - keep) * variance)",
    """self.moving_variance.assign(keep * self.moving_variance + (1 - keep) * variance**0.5)""",
    say=(
        "Your moving variance averages standard deviations. Average the variance, and take the "
        "root where you divide."
    ),
)

change(
    "for_each_pixel",
    "axes = tuple(range(len(inputs.shape) - 1))",
    "axes = 0",
    say=(
        "Your statistics are over the batch alone, one for each pixel. Average over all axes but "
        "the last, so that a channel has one mean."
    ),
    hint=None,  # What is normalized over so few values is made of rounding where they are alike.
)

change(
    "one_mean_for_all",
    "axes = tuple(range(len(inputs.shape) - 1))",
    "axes = None",
    say=(
        "You have one mean for everything. Each channel needs its own: average over all axes but "
        "the last."
    ),
)

change(
    "scale_and_shift_forgotten",
    """
    scale = self.gamma / keras.ops.sqrt(variance + self.epsilon)
    return scale * (inputs - mean) + self.beta
    """,
    """
    return (inputs - mean) / keras.ops.sqrt(variance + self.epsilon)
    """,
    say="You return the normalized values: scale and shift are missing, gamma * x_hat + beta.",
)

change(
    "statistics_trainable",
    """
    self.moving_mean = self.add_weight(
        shape=shape, initializer="zeros", trainable=False, name="moving_mean"
    )
    self.moving_variance = self.add_weight(
        shape=shape, initializer="ones", trainable=False, name="moving_variance"
    )
    """,
    """
    self.moving_mean = self.add_weight(shape=shape, initializer="zeros", name="moving_mean")
    self.moving_variance = self.add_weight(
        shape=shape, initializer="ones", name="moving_variance"
    )
    """,
    say=(
        "Your moving statistics are trainable, so the optimizer counts them as its own. Make both "
        "with `trainable=False`."
    ),
)

change(
    "gamma_starts_at_zero",
    'self.gamma = self.add_weight(shape=shape, initializer="ones", name="gamma")',
    'self.gamma = self.add_weight(shape=shape, initializer="zeros", name="gamma")',
    say='Your gamma starts at 0, so the layer gives nothing. Use initializer="ones".',
)

change(
    "variance_starts_at_zero",
    """
    shape=shape, initializer="ones", trainable=False, name="moving_variance"
    """,
    """
    shape=shape, initializer="zeros", trainable=False, name="moving_variance"
    """,
    say=(
        "Your moving variance starts at 0, so inference divides by nearly nothing at first. It "
        'starts at 1: use initializer="ones".'
    ),
)

change(
    "config_without_the_parent",
    "return super().get_config() | {",
    "return {",
    say=(
        "Your get_config leaves out what the parent class keeps: name, dtype and the like are lost "
        "when the layer is loaded. Begin with super().get_config() and add your arguments."
    ),
)

change(
    "config_of_the_parent",
    'return super().get_config() | {"momentum": self.momentum, "epsilon": self.epsilon}',
    "return super().get_config()",
    say=(
        "Your get_config leaves momentum and epsilon out, so a layer that is loaded again has the "
        "defaults. Add both to the dictionary of super().get_config()."
    ),
)

change(
    "config_without_momentum",
    '{"momentum": self.momentum, "epsilon": self.epsilon}',
    '{"epsilon": self.epsilon}',
    say=(
        "Your get_config leaves momentum out, so a layer that is loaded again falls back to 0.99. "
        "Put every argument of __init__ into the configuration."
    ),
)

change(
    "config_without_epsilon",
    '{"momentum": self.momentum, "epsilon": self.epsilon}',
    '{"momentum": self.momentum}',
    say=(
        "Your get_config leaves epsilon out, so a layer that is loaded again falls back to 0.001. "
        "Put every argument of __init__ into the configuration."
    ),
)

change(
    "numpy",
    """
    mean = keras.ops.mean(inputs, axis=axes)
    variance = keras.ops.var(inputs, axis=axes)
    """,
    """
    mean = np.mean(np.asarray(inputs), axis=axes)
    variance = np.var(np.asarray(inputs), axis=axes)
    """,
    say=(
        "Your layer computes with NumPy. A compiled model hands it symbols instead of numbers: use "
        "`keras.ops`."
    ),
    hint=None,
)


@instead(
    "subclassed",
    say="You let the layer of Keras do the work. Write build and call yourself, with keras.ops.",
    hint=None,
)
class BatchNorm(keras.layers.BatchNormalization):
    pass
