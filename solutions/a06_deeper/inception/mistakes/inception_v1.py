"""Mistakes in `inception_v1`."""

from autograder.checks import change

change(
    "v1_added",
    """
    five = keras.layers.Conv2D(fives, 5, name=f"{name}_5x5", **options)(five)
    """,
    """
    five = keras.layers.Conv2D(fives, 5, name=f"{name}_5x5", **options)(five)
    five = keras.layers.Conv2D(threes, 1, **options)(five)
    three = keras.layers.Add()([three, five])
    """,
    'return keras.layers.Concatenate(name=f"{name}_concat")([one, three, five, pool])',
    'return keras.layers.Concatenate(name=f"{name}_concat")([one, three, pool])',
    say=(
        "You add the large branches up. A sum needs equal depths and mixes the branches; the "
        "module concatenates them depth-wise."
    ),
    fails=("inception_v1", "googlenet"),
)

change(
    "v1_average_pool",
    'pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)',
    'pool = keras.layers.AveragePooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)',
    say="You take the average where GoogLeNet's module takes the maximum. Use `MaxPooling2D`.",
    fails=("inception_v1", "googlenet"),
)

change(
    "v1_columns_mixed_up",
    "ones, reduce_threes, threes, reduce_fives, fives, projection = filters",
    "ones, threes, fives, reduce_threes, reduce_fives, projection = filters",
    say=(
        "You unpack the row in another order than the table's. It is 1 × 1, 3 × 3 reduce, 3 × 3, 5 "
        "× 5 reduce, 5 × 5, pool proj."
    ),
    fails=("inception_v1", "googlenet"),
)

change(
    "v1_linear_reductions",
    'three = keras.layers.Conv2D(reduce_threes, 1, name=f"{name}_3x3_reduce", **options)(x)',
    'three = keras.layers.Conv2D(reduce_threes, 1, name=f"{name}_3x3_reduce")(x)',
    'five = keras.layers.Conv2D(reduce_fives, 1, name=f"{name}_5x5_reduce", **options)(x)',
    'five = keras.layers.Conv2D(reduce_fives, 1, name=f"{name}_5x5_reduce")(x)',
    say=(
        "Your reductions have no ReLU. Every convolution of the module has one, those of 1 × 1 as "
        "well."
    ),
    fails=("inception_v1", "googlenet"),
)

change(
    "v1_one_reduction_for_both",
    """
    three = keras.layers.Conv2D(reduce_threes, 1, name=f"{name}_3x3_reduce", **options)(x)
    """,
    """
    three = keras.layers.Conv2D(reduce_threes, 1, name=f"{name}_3x3_reduce", **options)(x)
    reduced = three
    """,
    'five = keras.layers.Conv2D(fives, 5, name=f"{name}_5x5", **options)(five)',
    'five = keras.layers.Conv2D(fives, 5, name=f"{name}_5x5", **options)(reduced)',
    say=(
        "You use one reduction for both branches. The 3 × 3 and the 5 × 5 each have a 1 × 1 "
        "convolution of their own in front."
    ),
    fails=("inception_v1", "googlenet"),
)

change(
    "v1_pool_projection_first",
    """
    pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)
    pool = keras.layers.Conv2D(projection, 1, name=f"{name}_pool_proj", **options)(pool)
    """,
    """
    projected = keras.layers.Conv2D(projection, 1, **options)(x)
    pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(projected)
    """,
    say=(
        "You project before you pool. The 1 × 1 convolution of the pool branch comes after the "
        "pooling."
    ),
    fails=("inception_v1", "googlenet"),
)

change(
    "v1_reduction_after",
    """
    three = keras.layers.Conv2D(reduce_threes, 1, name=f"{name}_3x3_reduce", **options)(x)
    three = keras.layers.Conv2D(threes, 3, name=f"{name}_3x3", **options)(three)
    five = keras.layers.Conv2D(reduce_fives, 1, name=f"{name}_5x5_reduce", **options)(x)
    five = keras.layers.Conv2D(fives, 5, name=f"{name}_5x5", **options)(five)
    """,
    """
    three = keras.layers.Conv2D(reduce_threes, 3, name=f"{name}_3x3_reduce", **options)(x)
    three = keras.layers.Conv2D(threes, 1, name=f"{name}_3x3", **options)(three)
    five = keras.layers.Conv2D(reduce_fives, 5, name=f"{name}_5x5_reduce", **options)(x)
    five = keras.layers.Conv2D(fives, 1, name=f"{name}_5x5", **options)(five)
    """,
    say=(
        "Your 1 × 1 convolutions come after the large filters. They save multiply-adds only before "
        "them."
    ),
    fails=("inception_v1", "googlenet"),
)

change(
    "v1_without_bias",
    'options = {"padding": "same", "activation": "relu"}',
    'options = {"padding": "same", "activation": "relu", "use_bias": False}',
    say=(
        "Your convolutions have no biases. They are left out only where batch normalization "
        "follows, which came later."
    ),
    fails=("inception_v1", "googlenet"),
)

change(
    "v1_without_projection",
    "ones, reduce_threes, threes, reduce_fives, fives, projection = filters",
    "ones, reduce_threes, threes, reduce_fives, fives, _projection = filters",
    """
    pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)
    pool = keras.layers.Conv2D(projection, 1, name=f"{name}_pool_proj", **options)(pool)
    """,
    """
    pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)
    """,
    say=(
        "Your pool branch has no 1 × 1 convolution, so it passes on all maps of its input. The "
        "last of the six numbers says how many it may give."
    ),
    fails=("inception_v1", "googlenet"),
)


change(
    "reductions_swapped",
    "ones, reduce_threes, threes, reduce_fives, fives, projection = filters",
    "ones, reduce_fives, threes, reduce_threes, fives, projection = filters",
    say=(
        "You swap the two reductions. The second of the six numbers belongs before the 3 × 3, the "
        "fourth before the 5 × 5."
    ),
    fails=("inception_v1", "googlenet"),
)
