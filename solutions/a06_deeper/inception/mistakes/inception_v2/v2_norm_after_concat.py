"""You normalize once, after the concatenation of plain convolutions. Each of the six convolutions
has a normalization of its own, before its ReLU.
"""

import keras

FAILS = ("inception_v2",)


def inception_v2(x, filters, name="module"):
    def conv(x, filters, kernel_size, name):
        return keras.layers.Conv2D(filters, kernel_size, padding="same", activation="relu")(x)

    ones, reduce_threes, threes, reduce_fives, fives, projection = filters
    one = conv(x, ones, 1, f"{name}_1x1")
    three = conv(x, reduce_threes, 1, f"{name}_3x3_reduce")
    three = conv(three, threes, 3, f"{name}_3x3")
    five = conv(x, reduce_fives, 1, f"{name}_5x5_reduce")
    five = conv(five, fives, 5, f"{name}_5x5")
    pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)
    pool = conv(pool, projection, 1, f"{name}_pool_proj")
    x = keras.layers.Concatenate(name=f"{name}_concat")([one, three, five, pool])
    return keras.layers.BatchNormalization()(x)
