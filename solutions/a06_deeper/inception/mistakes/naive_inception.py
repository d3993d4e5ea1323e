"""Mistakes in `naive_inception`."""

from autograder.checks import change

change(
    "naive_average_pool",
    'pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)',
    'pool = keras.layers.AveragePooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)',
    say="You take the average where the module takes the maximum. Use `MaxPooling2D`.",
)

change(
    "naive_filters_swapped",
    "ones, threes, fives = filters",
    "ones, fives, threes = filters",
    say=(
        "You give the 3 × 3 branch the filters of the 5 × 5 branch and the other way round. "
        "`filters` has 1 × 1, 3 × 3 and 5 × 5, in this order."
    ),
)

change(
    "naive_five_is_three",
    'five = keras.layers.Conv2D(fives, 5, name=f"{name}_5x5", **options)(x)',
    'five = keras.layers.Conv2D(fives, 3, name=f"{name}_5x5", **options)(x)',
    say="Your third branch has filters of 3 × 3. It is the 5 × 5 branch: its kernel size is 5.",
)

change(
    "naive_in_a_row",
    """
    three = keras.layers.Conv2D(threes, 3, name=f"{name}_3x3", **options)(x)
    five = keras.layers.Conv2D(fives, 5, name=f"{name}_5x5", **options)(x)
    """,
    """
    three = keras.layers.Conv2D(threes, 3, name=f"{name}_3x3", **options)(one)
    five = keras.layers.Conv2D(fives, 5, name=f"{name}_5x5", **options)(three)
    """,
    say=(
        "Your convolutions stand behind each other. In an inception module each branch starts from "
        "the module's own input `x`."
    ),
)

change(
    "naive_linear",
    'options = {"padding": "same", "activation": "relu"}',
    'options = {"padding": "same"}',
    say=(
        "Your convolutions have no ReLU. Every convolution of the module is followed by one: "
        '`activation="relu"`.'
    ),
)

change(
    "naive_pool_stride",
    'pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)',
    'pool = keras.layers.MaxPooling2D(3, padding="same", name=f"{name}_pool")(x)',
    say=(
        "Your pooling moves by 3 pixels, which is Keras' default for a window of 3. Set "
        "`strides=1`, so that the maps keep their size."
    ),
)

change(
    "naive_valid_padding",
    'options = {"padding": "same", "activation": "relu"}',
    'options = {"activation": "relu"}',
    say=(
        "Your convolutions have no padding, so the branches differ in height and width and cannot "
        'be concatenated. Give all of them `padding="same"`.'
    ),
)

change(
    "naive_without_pool",
    """
    pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)
    return keras.layers.Concatenate(name=f"{name}_concat")([one, three, five, pool])
    """,
    """
    keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)
    return keras.layers.Concatenate(name=f"{name}_concat")([one, three, five])
    """,
    say=(
        "Your module has three branches; the fourth, the pooling, is missing. Its maps are "
        "concatenated as well."
    ),
)
