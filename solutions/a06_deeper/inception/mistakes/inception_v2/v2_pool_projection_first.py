"""You project before you pool. The 1 × 1 unit of the pool branch comes after the pooling."""

import keras

FAILS = ("inception_v2",)


def inception_v2(x, filters, name="module"):
    ones, reduce_threes, threes, reduce_fives, fives, projection = filters
    one = conv_bn(x, ones, 1, f"{name}_1x1")
    three = conv_bn(x, reduce_threes, 1, f"{name}_3x3_reduce")
    three = conv_bn(three, threes, 3, f"{name}_3x3")
    five = conv_bn(x, reduce_fives, 1, f"{name}_5x5_reduce")
    five = conv_bn(five, fives, 5, f"{name}_5x5")
    pool = conv_bn(x, projection, 1, f"{name}_pool_proj")
    pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(pool)
    return keras.layers.Concatenate(name=f"{name}_concat")([one, three, five, pool])
