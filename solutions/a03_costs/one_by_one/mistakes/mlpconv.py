"""Mistakes in `mlpconv`."""

from autograder.checks import change, instead

change(
    "filters_reversed",
    "wide, hidden, last = filters",
    "last, hidden, wide = filters",
    say=(
        "You use the numbers of filters from the last to the first. They stand in the order of the "
        "layers: `conv`, `mlp_1`, `mlp_2`."
    ),
)

change(
    "kernel_size_ignored",
    'keras.layers.Conv2D(wide, kernel_size, padding="same", activation="relu", name="conv"),',
    'keras.layers.Conv2D(wide, 3, padding="same", activation="relu", name="conv"),',
    say="You always use filters of 3 × 3. Hand the argument `kernel_size` on to `conv`.",
)

change(
    "last_linear",
    'keras.layers.Conv2D(last, 1, activation="relu", name="mlp_2"),',
    'keras.layers.Conv2D(last, 1, name="mlp_2"),',
    say="Your last layer has no ReLU. In network in network all three have one.",
)

change(
    "relu_at_the_end_only",
    """
    keras.layers.Conv2D(wide, kernel_size, padding="same", activation="relu", name="conv"),
    keras.layers.Conv2D(hidden, 1, activation="relu", name="mlp_1"),
    """,
    """
    keras.layers.Conv2D(wide, kernel_size, padding="same", name="conv"),
    keras.layers.Conv2D(hidden, 1, name="mlp_1"),
    """,
    say=(
        "Only your last layer has a ReLU. Without it in between, the three layers together compute "
        "a single linear function, and the small network is lost."
    ),
)

change(
    "three_by_three",
    """
    keras.layers.Conv2D(hidden, 1, activation="relu", name="mlp_1"),
    keras.layers.Conv2D(last, 1, activation="relu", name="mlp_2"),
    """,
    """
    keras.layers.Conv2D(
        hidden, kernel_size, padding="same", activation="relu", name="mlp_1"
    ),
    keras.layers.Conv2D(last, kernel_size, padding="same", activation="relu", name="mlp_2"),
    """,
    say=(
        "Your `mlp_1` and `mlp_2` look at a window again. Inside the block only `conv` does; the "
        "perceptron works on one pixel, with 1 × 1 filters."
    ),
)

change(
    "valid_padding",
    'keras.layers.Conv2D(wide, kernel_size, padding="same", activation="relu", name="conv"),',
    'keras.layers.Conv2D(wide, kernel_size, activation="relu", name="conv"),',
    say='Your block loses a frame of pixels: `conv` needs `padding="same"`.',
)


@instead(
    "without_bias",
    say="You switched the biases of your mlpconv block off. Each of the three layers has them.",
)
def mlpconv(input_shape, filters, kernel_size=3):
    wide, hidden, last = filters
    return keras.Sequential(
        [
            keras.Input(input_shape),
            keras.layers.Conv2D(
                wide, kernel_size, padding="same", activation="relu", use_bias=False, name="conv"
            ),
            keras.layers.Conv2D(hidden, 1, activation="relu", use_bias=False, name="mlp_1"),
            keras.layers.Conv2D(last, 1, activation="relu", use_bias=False, name="mlp_2"),
        ]
    )


change(
    "first_linear",
    'padding="same", activation="relu", name="conv"',
    'padding="same", name="conv"',
    say="Your `conv` has no ReLU. In network in network all three layers have one.",
)


change(
    "filters_of_the_first",
    "keras.layers.Conv2D(hidden, 1,",
    "keras.layers.Conv2D(wide, 1,",
    say="Your `mlp_1` has the filters of `conv`. Each layer has its own number: filters[1].",
)
