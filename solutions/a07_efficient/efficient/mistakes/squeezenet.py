"""Mistakes in `squeezenet`."""

from autograder.checks import change

change(
    "squeezenet_linear_scores",
    'x = layers.Conv2D(classes, 1, activation="relu", name="conv10")(x)',
    'x = layers.Conv2D(classes, 1, name="conv10")(x)',
    say="Your last convolution has no ReLU. The scores of a pixel are never negative here.",
)

change(
    "squeezenet_dense_head",
    """
    x = layers.Conv2D(classes, 1, activation="relu", name="conv10")(x)
    x = layers.GlobalAveragePooling2D(name="pool10")(x)
    """,
    """
    x = layers.Dense(classes, activation="relu")(layers.GlobalAveragePooling2D()(x))
    """,
    say=(
        "You average first and then have a fully connected layer. The 1 × 1 convolution with its ReLU "
        "comes before the average, for every pixel by itself."
    ),
)

change(
    "squeezenet_without_dropout",
    """
    x = layers.Dropout(0.5, name="dropout")(x)
    """,
    """
    pass
    """,
    say="There is no dropout in your network. It stands before the last convolution.",
)

change(
    "squeezenet_padded_first",
    'x = layers.Conv2D(filters, kernel_size, 2, activation="relu", name="conv1")(image)',
    'x = layers.Conv2D(filters, kernel_size, 2, padding, activation="relu", name="conv1")(image)',
    say="You pad the first convolution as well. It has no padding; the argument is for the poolings.",
)

change(
    "squeezenet_never_padded",
    'x = layers.MaxPooling2D(3, 2, padding, name=f"pool{number}")(x)',
    'x = layers.MaxPooling2D(3, 2, name=f"pool{number}")(x)',
    say="Your poolings have no padding whatever is asked for. Hand the argument on to them.",
)

change(
    "squeezenet_small_pools",
    'x = layers.MaxPooling2D(3, 2, padding, name=f"pool{number}")(x)',
    'x = layers.MaxPooling2D(2, 2, padding, name=f"pool{number}")(x)',
    say="Your poolings look at 2 × 2 pixels. They overlap: 3 × 3 with stride 2.",
)

change(
    "squeezenet_one_version",
    'if number in SQUEEZENETS[version]["pools"]:',
    'if number in SQUEEZENETS["1.0"]["pools"]:',
    say="Your poolings stand where version 1.0 has them. In version 1.1 they come earlier.",
)

change(
    "squeezenet_scores",
    'return keras.Model(image, layers.Softmax(name="softmax")(x))',
    "return keras.Model(image, x)",
    say="Your network ends with scores. A softmax makes probabilities of them.",
)
