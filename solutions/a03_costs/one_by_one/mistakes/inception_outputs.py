"""Mistakes in `inception_outputs`."""

from autograder.checks import change

change(
    "inception_module_added",
    'keras.layers.Concatenate(name="concatenate")(branches)',
    "keras.layers.Add()(branches)",
    say=(
        "You add the branches instead of concatenating them. Their maps stand side by side: "
        "`Concatenate`."
    ),
    fails=("inception_outputs", "inception_module"),
    inside="inception_module",
)

change(
    "inception_module_filters_swapped",
    "ones, threes, fives = filters",
    "ones, fives, threes = filters",
    say=(
        "You exchanged the filters of the 3 × 3 and the 5 × 5 branch: the second number belongs to "
        "3 × 3, the third to 5 × 5."
    ),
    fails=("inception_outputs", "inception_module"),
    inside="inception_module",
)

change(
    "inception_module_five_is_three",
    'conv(fives, 5, "conv_5x5")',
    'conv(fives, 3, "conv_5x5")',
    say="Your `conv_5x5` has filters of 3 × 3. Its filters are 5 × 5.",
    fails=("inception_outputs", "inception_module"),
    inside="inception_module",
)

change(
    "inception_module_pool_projection_forgotten",
    """
    pooled = conv(reduction, 1, "project_pool")(pooled)
    """,
    """

    """,
    say=(
        "You forgot the 1 × 1 convolution after the pool. Without it all input maps are passed on, "
        "and the module grows with every stage."
    ),
    fails=("inception_outputs", "inception_module"),
    inside="inception_module",
)

change(
    "inception_module_reduction_after",
    """
    before_3x3 = conv(reduction, 1, "reduce_3x3")(inputs)
    before_5x5 = conv(reduction, 1, "reduce_5x5")(inputs)
    """,
    """

    """,
    'conv(threes, 3, "conv_3x3")(before_3x3),',
    '_reduced(conv(threes, 3, "conv_3x3")(before_3x3), "reduce_3x3"),',
    'conv(fives, 5, "conv_5x5")(before_5x5),',
    '_reduced(conv(fives, 5, "conv_5x5")(before_5x5), "reduce_5x5"),',
    """
    ones, threes, fives = filters
    """,
    """
    def _reduced(x, name):
        return x if reduction is None else conv(reduction, 1, name)(x)

    ones, threes, fives = filters
    """,
    say=(
        "You reduce after the 3 × 3 and the 5 × 5. The reduction stands before them, so that the "
        "large filters meet few maps."
    ),
    fails=("inception_outputs", "inception_module"),
    inside="inception_module",
)

change(
    "inception_module_reductions_ignored",
    "if reduction is not None:",
    "if False:",
    say=(
        "You build the naive module whatever `reduction` says. With a number, three more layers "
        "are needed: two in front of the large filters and one after the pool."
    ),
    fails=("inception_outputs", "inception_module"),
    inside="inception_module",
)

change(
    "inception_module_shared_reduction",
    """
    before_3x3 = conv(reduction, 1, "reduce_3x3")(inputs)
    before_5x5 = conv(reduction, 1, "reduce_5x5")(inputs)
    """,
    """
    before_3x3 = before_5x5 = conv(reduction, 1, "reduce_3x3")(inputs)
    """,
    say=(
        "You use one reduction for both large branches. Each has filters of its own, `reduce_3x3` "
        "and `reduce_5x5`."
    ),
    fails=("inception_outputs", "inception_module"),
    inside="inception_module",
)

change(
    "inception_module_valid_padding",
    'return keras.layers.Conv2D(maps, side, padding="same", activation="relu", name=name)',
    'return keras.layers.Conv2D(maps, side, activation="relu", name=name)',
    say=(
        "Your branches have different sizes and cannot be concatenated. Give every convolution "
        '`padding="same"`.'
    ),
    fails=("inception_outputs", "inception_module"),
    inside="inception_module",
)

change(
    "inception_module_without_bias",
    """
    return keras.layers.Conv2D(maps, side, padding="same", activation="relu", name=name)
    """,
    """
    return keras.layers.Conv2D(
        maps, side, padding="same", activation="relu", use_bias=False, name=name
    )
    """,
    say=(
        "You switched the biases of the module off. Every convolution here has one for each filter."
    ),
    fails=("inception_outputs", "inception_module"),
    inside="inception_module",
)

change(
    "average_pool",
    'pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same", name="pool")(inputs)',
    'pooled = keras.layers.AveragePooling2D(3, strides=1, padding="same", name="pool")(inputs)',
    say=(
        "You average in the pool branch. It takes the largest value of each window: `MaxPooling2D`."
    ),
    inside="inception_module",
    fails=("inception_outputs", "inception_module"),
)

change(
    "linear",
    'return keras.layers.Conv2D(maps, side, padding="same", activation="relu", name=name)',
    'return keras.layers.Conv2D(maps, side, padding="same", name=name)',
    say="Your convolutions have no ReLU. Each of them has one, the reductions too.",
    inside="inception_module",
)

change(
    "linear_reductions",
    """
    return keras.layers.Conv2D(maps, side, padding="same", activation="relu", name=name)
    """,
    """
    activation = "relu" if "conv" in name else None
    return keras.layers.Conv2D(maps, side, padding="same", activation=activation, name=name)
    """,
    say="Your reductions have no ReLU. Every convolution of the module has one.",
    inside="inception_module",
)

change(
    "order",
    'keras.layers.Concatenate(name="concatenate")(branches)',
    "keras.layers.Concatenate()([pooled, *branches[:3]])",
    say=(
        "You concatenate in another order. The maps come out as in the table: 1 × 1, 3 × 3, 5 × 5, "
        "pool."
    ),
    inside="inception_module",
)

change(
    "pool_after_projection",
    """
    pooled = conv(reduction, 1, "project_pool")(pooled)
    """,
    """
    pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same")(
        conv(reduction, 1, "project_pool")(inputs)
    )
    """,
    say="You project before you pool. The 1 × 1 convolution comes after the max pool.",
    inside="inception_module",
    fails=("inception_outputs", "inception_module"),
)

change(
    "pool_forgotten",
    'pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same", name="pool")(inputs)',
    "pooled = inputs",
    say=(
        "Your pool branch has no pool, only its 1 × 1 convolution. Put `MaxPooling2D(3, strides=1, "
        'padding="same")` in front of it.'
    ),
    inside="inception_module",
    fails=("inception_outputs", "inception_module"),
)

change(
    "pool_of_two",
    'pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same", name="pool")(inputs)',
    'pooled = keras.layers.MaxPooling2D(2, strides=1, padding="same", name="pool")(inputs)',
    say="Your pool has windows of 2 × 2. They are 3 × 3, with stride 1 and `same` padding.",
    inside="inception_module",
    fails=("inception_outputs", "inception_module"),
)

change(
    "reductions_crossed",
    """
    before_3x3 = conv(reduction, 1, "reduce_3x3")(inputs)
    before_5x5 = conv(reduction, 1, "reduce_5x5")(inputs)
    """,
    """
    before_5x5 = conv(reduction, 1, "reduce_3x3")(inputs)
    before_3x3 = conv(reduction, 1, "reduce_5x5")(inputs)
    """,
    say=(
        "Your `reduce_3x3` feeds the 5 × 5 and your `reduce_5x5` the 3 × 3. The parameters agree, "
        "the outputs do not: exchange them."
    ),
    inside="inception_module",
)

change(
    "linear_projection",
    'pooled = conv(reduction, 1, "project_pool")(pooled)',
    'pooled = keras.layers.Conv2D(reduction, 1, name="project_pool")(pooled)',
    say="Your projection after the pool has no ReLU. Every convolution of the module has one.",
    inside="inception_module",
)


change(
    "strided_pool",
    'MaxPooling2D(3, strides=1, padding="same", name="pool")',
    'MaxPooling2D(3, padding="same", name="pool")',
    say=(
        "Your pool moves by its own size: without `strides`, Keras moves a window of 3 pixels "
        "by 3. Set strides=1."
    ),
    fails=("inception_outputs", "inception_module"),
    hint=None,
    inside="inception_module",
)


change(
    "pool_without_stride_one",
    'keras.layers.MaxPooling2D(3, strides=1, padding="same", name="pool")',
    'keras.layers.MaxPooling2D(3, padding="same", name="pool")',
    say=(
        "Your pool moves by its own width, because no stride was given, and its maps are smaller "
        "than the others. Give it `strides=1`, so that they can be concatenated."
    ),
    fails=("inception_outputs", "inception_module"),
)
