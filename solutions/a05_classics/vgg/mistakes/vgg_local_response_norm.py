"""Mistakes in `vgg_local_response_norm`."""

from autograder.checks import change, instead

change(
    "all_channels",
    """
    around = [[0, 0], [0, 0], [0, 0], [radius, radius]]
    squares = keras.ops.pad(keras.ops.square(inputs), around)
    total = sum(squares[..., start : start + channels] for start in range(2 * radius + 1))
    """,
    """
    del channels, radius
    squares = keras.ops.square(inputs)
    total = keras.ops.sum(squares, axis=-1, keepdims=True)
    """,
    say="You add up all channels. The window has only the n // 2 neighbours on each side.",
    fails=("vgg_local_response_norm", "vgg"),
)

change(
    "alpha_divided",
    "return inputs / (self.k + self.alpha * total) ** self.beta",
    "return inputs / (self.k + self.alpha / self.n * total) ** self.beta",
    say=(
        "You divide alpha by n, as Caffe and PyTorch do. The formula multiplies the whole sum by "
        "alpha."
    ),
    fails=("vgg_local_response_norm", "vgg"),
)

change(
    "configuration_forgotten",
    """
    made_with = {"k": self.k, "n": self.n, "alpha": self.alpha, "beta": self.beta}
    return super().get_config() | made_with
    """,
    """
    return super().get_config()
    """,
    say=(
        "Your get_config does not return the layer's own settings, so a saved network is made "
        "again with k = 2, n = 5 and so on. Add them to what super().get_config() returns."
    ),
)

change(
    "exponent_forgotten",
    "return inputs / (self.k + self.alpha * total) ** self.beta",
    "return inputs / (self.k + self.alpha * total)",
    say="You forgot the exponent: the denominator is raised to beta.",
    fails=("vgg_local_response_norm", "vgg"),
)

change(
    "itself_left_out",
    """
    total = sum(squares[..., start : start + channels] for start in range(2 * radius + 1))
    """,
    """
    total = sum(
        squares[..., start : start + channels]
        for start in range(2 * radius + 1)
        if start != radius
    )
    """,
    say="You leave the channel itself out of its window. The sum has it too: |j - c| is 0 there.",
    fails=("vgg_local_response_norm", "vgg"),
)

change(
    "k_outside",
    "return inputs / (self.k + self.alpha * total) ** self.beta",
    "return inputs / (self.k + (self.alpha * total) ** self.beta)",
    say=(
        "Your k stands outside the power. Add it to the weighted sum first, then raise both to "
        "beta."
    ),
    fails=("vgg_local_response_norm", "vgg"),
)

change(
    "not_squared",
    "squares = keras.ops.pad(keras.ops.square(inputs), around)",
    "squares = keras.ops.pad(inputs, around)",
    "return inputs / (self.k + self.alpha * total) ** self.beta",
    "return inputs / (self.k + self.alpha * keras.ops.abs(total)) ** self.beta",
    say="You add up the values. The sum is over their squares.",
    fails=("vgg_local_response_norm", "vgg"),
)

change(
    "radius_n",
    "channels, radius = inputs.shape[-1], self.n // 2",
    "channels, radius = inputs.shape[-1], self.n",
    say="You take n neighbours on each side. n is the whole window: n // 2 on each side.",
    fails=("vgg_local_response_norm", "vgg"),
)

instead(
    "ready_made",
    say="You call TensorFlow's local response normalization, which is what you are asked to write.",
    hint=None,
)
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


change(
    "square_root",
    "return inputs / (self.k + self.alpha * total) ** self.beta",
    "return inputs / keras.ops.sqrt(self.k + self.alpha * total)",
    say="You take the root of the denominator. The exponent is beta, and 0.5 is not its value.",
    fails=("vgg_local_response_norm", "vgg"),
)

change(
    "wraps_around",
    """
    around = [[0, 0], [0, 0], [0, 0], [radius, radius]]
    squares = keras.ops.pad(keras.ops.square(inputs), around)
    total = sum(squares[..., start : start + channels] for start in range(2 * radius + 1))
    """,
    """
    del channels
    squares = keras.ops.square(inputs)
    total = sum(keras.ops.roll(squares, shift, axis=-1) for shift in range(-radius, radius + 1))
    """,
    say=(
        "Your window goes on at the other end of the channels: `roll` brings the last ones to the "
        "front. At the ends the window is cut off."
    ),
    fails=("vgg_local_response_norm", "vgg"),
)


change(
    "window_of_those_behind",
    "around = [[0, 0], [0, 0], [0, 0], [radius, radius]]",
    "around = [[0, 0], [0, 0], [0, 0], [0, 2 * radius]]",
    say=(
        "Your window begins at the channel itself and takes those that follow. It has n // 2 "
        "channels on each side."
    ),
    fails=("vgg_local_response_norm", "vgg"),
)


change(
    "window_of_those_before",
    "around = [[0, 0], [0, 0], [0, 0], [radius, radius]]",
    "around = [[0, 0], [0, 0], [0, 0], [2 * radius, 0]]",
    say="Your window ends at the channel itself. It has n // 2 channels on each side.",
    fails=("vgg_local_response_norm", "vgg"),
)
