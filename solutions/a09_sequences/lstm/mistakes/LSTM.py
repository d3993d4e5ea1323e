"""Mistakes in `LSTM`."""

from autograder.checks import change

change(
    "order_of_the_slide",
    "i, f, g, o = keras.ops.split(a, 4, axis=-1)",
    "i, f, o, g = keras.ops.split(a, 4, axis=-1)",
    say=(
        "Your layer has the gates in the slide's order, i, f, o, g. Keras' order is i, f, g, o: weights "
        "of its layer would not fit yours."
    ),
)

change(
    "forget_bias_zero",
    "start[self.units : 2 * self.units] = 1",
    "start[self.units : 2 * self.units] = 0",
    say="Your bias starts with zeros alone. The forget gate's part starts with 1.",
)

change(
    "bias_one_everywhere",
    "start = np.zeros(width)",
    "start = np.ones(width)",
    say="All of your bias starts with 1. Only the forget gate's part does.",
)

change(
    "always_the_last",
    "return keras.ops.stack(states, axis=1) if self.return_sequences else h",
    "return h",
    say="Your layer returns the last state even if return_sequences=True asks for all of them.",
)

change(
    "cell_returned",
    "return keras.ops.stack(states, axis=1) if self.return_sequences else h",
    "return keras.ops.stack(states, axis=1) if self.return_sequences else c",
    say="Your layer returns the cell. What other layers see is the state.",
)

change(
    "recurrent_part_forgotten",
    "a = inputs[:, t] @ self.kernel + h @ self.recurrent_kernel + self.bias",
    "a = inputs[:, t] @ self.kernel + self.bias",
    say="Your gates do not look at the state of the step before.",
)

change(
    "settings_not_kept",
    """config = {"units": self.units, "return_sequences": self.return_sequences}""",
    """config = {"units": self.units}""",
    say=(
        "A layer that is made again from your configuration has forgotten return_sequences. Put all "
        "arguments of __init__ into it."
    ),
)

change(
    "kernel_of_zeros",
    """self.add_weight(shape=(input_shape[-1], width), name="kernel")""",
    """self.add_weight(shape=(input_shape[-1], width), initializer="zeros", name="kernel")""",
    say="Your kernel starts with zeros, so that all units see nothing. Start at random.",
)

change(
    "time_first",
    "keras.ops.stack(states, axis=1)",
    "keras.ops.stack(states, axis=0)",
    say="Your states have time as their first axis. The batch comes first.",
)
