"""Your 1 × 1 reductions are plain convolutions. They get a normalization, too: all six
convolutions are a `conv_bn`.
"""

import keras

FAILS = ("inception_v2",)


def inception_v2(x, filters, name="module"):
    ones, reduce_threes, threes, reduce_fives, fives, projection = filters
    one = conv_bn(x, ones, 1, f"{name}_1x1")
    three = keras.layers.Conv2D(reduce_threes, 1, activation="relu")(x)
    three = conv_bn(three, threes, 3, f"{name}_3x3")
    five = keras.layers.Conv2D(reduce_fives, 1, activation="relu")(x)
    five = conv_bn(five, fives, 5, f"{name}_5x5")
    pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)
    pool = conv_bn(pool, projection, 1, f"{name}_pool_proj")
    return keras.layers.Concatenate(name=f"{name}_concat")([one, three, five, pool])
