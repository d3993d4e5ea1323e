"""You project before you pool. The 1 × 1 convolution of the pool branch comes after the pooling."""

import keras

FAILS = (
    "inception_v1",
    "googlenet",
)


def inception(x, filters, name="module"):
    ones, reduce_threes, threes, reduce_fives, fives, projection = filters
    options = {"padding": "same", "activation": "relu"}
    one = keras.layers.Conv2D(ones, 1, name=f"{name}_1x1", **options)(x)
    three = keras.layers.Conv2D(reduce_threes, 1, name=f"{name}_3x3_reduce", **options)(x)
    three = keras.layers.Conv2D(threes, 3, name=f"{name}_3x3", **options)(three)
    five = keras.layers.Conv2D(reduce_fives, 1, name=f"{name}_5x5_reduce", **options)(x)
    five = keras.layers.Conv2D(fives, 5, name=f"{name}_5x5", **options)(five)
    projected = keras.layers.Conv2D(projection, 1, **options)(x)
    pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(projected)
    return keras.layers.Concatenate(name=f"{name}_concat")([one, three, five, pool])
