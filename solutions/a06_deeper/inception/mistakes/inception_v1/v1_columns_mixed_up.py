"""You unpack the row in another order than the table's. It is 1 × 1, 3 × 3 reduce, 3 × 3, 5 × 5
reduce, 5 × 5, pool proj.
"""

import keras

FAILS = (
    "inception_v1",
    "googlenet",
)


def inception(x, filters, name="module"):
    ones, threes, fives, reduce_threes, reduce_fives, projection = filters
    options = {"padding": "same", "activation": "relu"}
    one = keras.layers.Conv2D(ones, 1, name=f"{name}_1x1", **options)(x)
    three = keras.layers.Conv2D(reduce_threes, 1, name=f"{name}_3x3_reduce", **options)(x)
    three = keras.layers.Conv2D(threes, 3, name=f"{name}_3x3", **options)(three)
    five = keras.layers.Conv2D(reduce_fives, 1, name=f"{name}_5x5_reduce", **options)(x)
    five = keras.layers.Conv2D(fives, 5, name=f"{name}_5x5", **options)(five)
    pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)
    pool = keras.layers.Conv2D(projection, 1, name=f"{name}_pool_proj", **options)(pool)
    return keras.layers.Concatenate(name=f"{name}_concat")([one, three, five, pool])
