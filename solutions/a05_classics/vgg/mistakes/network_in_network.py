"""Mistakes in `network_in_network`."""

from autograder.checks import change, instead

change(
    "average_pools",
    'x = keras.layers.MaxPooling2D(3, 2, padding="same", name=f"pool{block - 1}")(x)',
    'x = keras.layers.AveragePooling2D(3, 2, padding="same", name=f"pool{block - 1}")(x)',
    say=(
        "You pool by the average between the mlpconv layers. That is the max pooling's place; the "
        "average comes at the end."
    ),
)

change(
    "dense_head",
    """
    x = keras.layers.GlobalAveragePooling2D(name="average")(x)
    """,
    """
    x = keras.layers.Flatten(name="flatten")(x)
    x = keras.layers.Dense(filters[-1], name="dense")(x)
    """,
    say=(
        "Your head flattens the maps and adds a dense layer. Here the mean of each map is the "
        "score of its class, without any weight."
    ),
)

change(
    "global_maximum",
    'x = keras.layers.GlobalAveragePooling2D(name="average")(x)',
    'x = keras.layers.GlobalMaxPooling2D(name="average")(x)',
    say="You take the maximum of each map. Global average pooling takes its mean.",
)


@instead(
    "pool_after_the_last",
    say="You pool after every mlpconv layer. After the last one only the global average follows.",
)
def network_in_network(blocks=NIN_BLOCKS, input_shape=(32, 32, 3), dropout=0.5):
    inputs = x = keras.Input(input_shape)
    for block, (kernel, filters) in enumerate(blocks, start=1):
        x = mlpconv(x, kernel, filters, name=f"mlpconv{block}")
        x = keras.layers.MaxPooling2D(3, 2, padding="same", name=f"pool{block}")(x)
        x = keras.layers.Dropout(dropout, name=f"dropout{block}")(x)
    x = keras.layers.GlobalAveragePooling2D(name="average")(x)
    return keras.Model(inputs, keras.layers.Softmax(name="softmax")(x))


change(
    "pools_of_two",
    'x = keras.layers.MaxPooling2D(3, 2, padding="same", name=f"pool{block - 1}")(x)',
    'x = keras.layers.MaxPooling2D(2, 2, padding="same", name=f"pool{block - 1}")(x)',
    say="Your pooling windows are 2 x 2. Here they are 3 x 3 with stride 2, so they overlap.",
)

change(
    "pools_without_padding",
    'x = keras.layers.MaxPooling2D(3, 2, padding="same", name=f"pool{block - 1}")(x)',
    'x = keras.layers.MaxPooling2D(3, 2, padding="valid", name=f"pool{block - 1}")(x)',
    say=(
        'Your poolings have no padding, so that 32 pixels become 15. With `padding="same"` they '
        "become 16."
    ),
)

change(
    "without_dropout",
    """
    x = keras.layers.MaxPooling2D(3, 2, padding="same", name=f"pool{block - 1}")(x)
    x = keras.layers.Dropout(dropout, name=f"dropout{block - 1}")(x)
    """,
    """
    x = keras.layers.MaxPooling2D(3, 2, padding="same", name=f"pool{block - 1}")(x)
    """,
    say="Your network has no dropout. It comes after each pooling.",
)

change(
    "without_softmax",
    'return keras.Model(inputs, keras.layers.Softmax(name="softmax")(x))',
    "return keras.Model(inputs, x)",
    say="Your network ends with plain means. A softmax follows.",
)

change(
    "dropout_rate_fixed",
    "keras.layers.Dropout(dropout,",
    "keras.layers.Dropout(0.5,",
    say="Your rate of dropout is always 0.5. Take it from the argument `dropout`.",
)


change(
    "dropout_kept",
    "keras.layers.Dropout(dropout,",
    "keras.layers.Dropout(1 - dropout,",
    say=(
        "You take `dropout` for the share that is kept. It is the share that is set to zero, "
        "and so is Keras' `rate`."
    ),
)


change(
    "dropout_before_the_pooling",
    """
    x = keras.layers.MaxPooling2D(3, 2, padding="same", name=f"pool{block - 1}")(x)
    x = keras.layers.Dropout(dropout, name=f"dropout{block - 1}")(x)
    """,
    """
    x = keras.layers.Dropout(dropout, name=f"dropout{block - 1}")(x)
    x = keras.layers.MaxPooling2D(3, 2, padding="same", name=f"pool{block - 1}")(x)
    """,
    say="Your dropout stands in front of the pooling. It follows it.",
)


change(
    "dropout_everywhere",
    """
    x = keras.layers.GlobalAveragePooling2D(name="average")(x)
    """,
    """
    x = keras.layers.Dropout(dropout)(x)
    x = keras.layers.GlobalAveragePooling2D(name="average")(x)
    """,
    say=(
        "You have dropout after the last mlpconv layer, too. It comes after each pooling, "
        "and there are poolings only *between* mlpconv layers."
    ),
)


change(
    "first_convolutions_alone",
    'x = mlpconv(x, kernel, filters, name=f"mlpconv{block}")',
    """
    x = keras.layers.Conv2D(filters[0], kernel, padding="same", activation="relu")(x)
    x = keras.layers.Conv2D(filters[2], 1, padding="same", activation="relu")(x)
    """,
    say=(
        "Your mlpconv layers have two convolutions. Each is a convolution and a perceptron of "
        "**two** layers: call `mlpconv`."
    ),
)


change(
    "kernel_of_three",
    'x = mlpconv(x, kernel, filters, name=f"mlpconv{block}")',
    'x = mlpconv(x, 3, filters, name=f"mlpconv{block}")',
    say=("All your kernels are 3 × 3. The side of the kernel is the first entry of each block."),
)


change(
    "mlp_filters_swapped",
    'x = mlpconv(x, kernel, filters, name=f"mlpconv{block}")',
    'x = mlpconv(x, kernel, (filters[0], filters[2], filters[1]), name=f"mlpconv{block}")',
    say=(
        "You swapped the filters of the two 1 × 1 convolutions. They come in the order of the "
        "tuple."
    ),
)


change(
    "filters_from_behind",
    'x = mlpconv(x, kernel, filters, name=f"mlpconv{block}")',
    'x = mlpconv(x, kernel, filters[::-1], name=f"mlpconv{block}")',
    say=(
        "You give `mlpconv` its filters in reverse. The last number is that of the last 1 × 1 "
        "convolution."
    ),
)


change(
    "dense_after_the_average",
    'x = keras.layers.GlobalAveragePooling2D(name="average")(x)',
    """
    x = keras.layers.GlobalAveragePooling2D(name="average")(x)
    x = keras.layers.Dense(blocks[-1][1][-1])(x)
    """,
    say=(
        "You have a dense layer after the average. The means of the last maps are the scores "
        "themselves, without any weight."
    ),
)
