"""Mistakes in `fully_convolutional`."""

from autograder.checks import change, instead


@instead(
    "flattened",
    say=(
        "Your head flattens the maps, so it accepts one size of image only. FC6 is a convolution "
        "with a kernel of `map_size`."
    ),
)
def fully_convolutional(
    stages, input_shape=(None, None, 3), map_size=(7, 7), hidden=4096, classes=1000, dropout=0.5
):
    inputs = keras.Input(input_shape)
    x = vgg_stages(inputs, stages)
    x = keras.layers.Flatten(name="flatten")(x)
    for name in ("FC6", "FC7"):
        x = keras.layers.Dense(hidden, activation="relu", name=name)(x)
        x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x)
    x = keras.layers.Dense(classes, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, x)


change(
    "large_fc7",
    'for name, kernel in (("FC6", map_size), ("FC7", 1)):',
    'for name, kernel in (("FC6", map_size), ("FC7", map_size)):',
    """
    scores = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, scores)
    """,
    """
    x = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, x)
    """,
    say=(
        "Your FC7 has the large kernel, too. After FC6 there is one pixel for each place, so FC7 "
        "is 1 x 1."
    ),
)

change(
    "linear_head",
    'x = keras.layers.Conv2D(hidden, kernel, activation="relu", name=name)(x)',
    "x = keras.layers.Conv2D(hidden, kernel, name=name)(x)",
    """
    scores = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, scores)
    """,
    """
    x = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, x)
    """,
    say="FC6 and FC7 have no ReLU. They are VGG's layers in another shape, with the same ReLUs.",
)

change(
    "map_size_fixed",
    'for name, kernel in (("FC6", map_size), ("FC7", 1)):',
    'for name, kernel in (("FC6", 7), ("FC7", 1)):',
    """
    scores = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, scores)
    """,
    """
    x = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, x)
    """,
    say="Your FC6 is always 7 x 7. Take its size from `map_size`.",
)

change(
    "map_size_swapped",
    'for name, kernel in (("FC6", map_size), ("FC7", 1)):',
    'for name, kernel in (("FC6", map_size[::-1]), ("FC7", 1)):',
    """
    scores = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, scores)
    """,
    """
    x = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, x)
    """,
    say=(
        "You swapped height and width of FC6's kernel. Keras wants `(height, width)`, and that is "
        "what `map_size` is."
    ),
)

change(
    "one_by_one_fc6",
    'for name, kernel in (("FC6", map_size), ("FC7", 1)):',
    'for name, kernel in (("FC6", 1), ("FC7", 1)):',
    """
    scores = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, scores)
    """,
    """
    x = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, x)
    """,
    say=(
        "Your FC6 sees one pixel. It must see maps of the size that VGG flattens: its kernel is "
        "`map_size`."
    ),
)

change(
    "padded_head",
    'x = keras.layers.Conv2D(hidden, kernel, activation="relu", name=name)(x)',
    'x = keras.layers.Conv2D(hidden, kernel, padding="same", activation="relu", name=name)(x)',
    """
    scores = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, scores)
    """,
    """
    x = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, x)
    """,
    say=(
        "Your FC6 is padded, so it also looks at places where it does not fit. Without padding, 7 "
        "x 7 maps give one place."
    ),
)

change(
    "pooled_at_the_end",
    """
    scores = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, scores)
    """,
    """
    x = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, keras.layers.GlobalAveragePooling2D(name="average")(x))
    """,
    say="You average the scores over all places. The network must return the map of scores.",
)

change(
    "softmax_over_places",
    """
    scores = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, scores)
    """,
    """
    x = keras.layers.Conv2D(classes, 1, name="FC8")(x)
    x = keras.layers.Softmax(axis=1, name="softmax")(x)
    return keras.Model(inputs, x)
    """,
    say=(
        "Your softmax runs over the rows of the map. At each place the scores of the classes, the "
        "last axis, must add up to 1."
    ),
)

change(
    "strided_fc6",
    'x = keras.layers.Conv2D(hidden, kernel, activation="relu", name=name)(x)',
    'x = keras.layers.Conv2D(hidden, kernel, strides=kernel, activation="relu", name=name)(x)',
    """
    scores = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, scores)
    """,
    """
    x = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, x)
    """,
    say="Your FC6 jumps by its own size. It stands at every place of the maps: stride 1.",
)

change(
    "without_dropout",
    """
    for name, kernel in (("FC6", map_size), ("FC7", 1)):
        x = keras.layers.Conv2D(hidden, kernel, activation="relu", name=name)(x)
        x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x)
    scores = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, scores)
    """,
    """
    for name, kernel in (("FC6", map_size), ("FC7", 1)):
        x = keras.layers.Conv2D(hidden, kernel, activation="relu", name=name)(x)
    x = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, x)
    """,
    say="Your head has no dropout. Like VGG's it has it after FC6 and after FC7.",
)

change(
    "without_softmax",
    """
    scores = keras.layers.Conv2D(classes, 1, activation="softmax", name="FC8")(x)
    return keras.Model(inputs, scores)
    """,
    """
    x = keras.layers.Conv2D(classes, 1, name="FC8")(x)
    return keras.Model(inputs, x)
    """,
    say="Your network ends with plain scores. FC8 has a softmax, at every place.",
)

change(
    "dropout_rate_fixed",
    'x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x)',
    'x = keras.layers.Dropout(0.5, name=f"{name}_dropout")(x)',
    say="Your rate of dropout is always 0.5. Take it from the argument `dropout`.",
    inside="fully_convolutional",
)


change(
    "dropout_kept",
    'x = keras.layers.Dropout(dropout, name=f"{name}_dropout")(x)',
    'x = keras.layers.Dropout(1 - dropout, name=f"{name}_dropout")(x)',
    say=(
        "You take `dropout` for the share that is kept. It is the share that is set to zero, "
        "and so is Keras' `rate`."
    ),
    inside="fully_convolutional",
)
