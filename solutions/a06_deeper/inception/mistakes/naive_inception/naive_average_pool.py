"""You take the average where the module takes the maximum. Use `MaxPooling2D`."""

import keras

FAILS = ("naive_inception",)


def naive_inception(x, filters, name="naive"):
    ones, threes, fives = filters
    options = {"padding": "same", "activation": "relu"}
    one = keras.layers.Conv2D(ones, 1, name=f"{name}_1x1", **options)(x)
    three = keras.layers.Conv2D(threes, 3, name=f"{name}_3x3", **options)(x)
    five = keras.layers.Conv2D(fives, 5, name=f"{name}_5x5", **options)(x)
    pool = keras.layers.AveragePooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)
    return keras.layers.Concatenate(name=f"{name}_concat")([one, three, five, pool])
