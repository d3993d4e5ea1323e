"""You write 0.17 where the argument belongs. Use `scale`."""

import keras

FAILS = ("inception_resnet",)


def inception_resnet_block(x, filters, scale=0.17, name="block"):
    ones, reduce_single, single, reduce_double, first, second = filters
    one = conv_bn(x, ones, 1, f"{name}_one")
    three = conv_bn(x, reduce_single, 1, f"{name}_single_reduce")
    three = conv_bn(three, single, 3, f"{name}_single")
    five = conv_bn(x, reduce_double, 1, f"{name}_double_reduce")
    five = conv_bn(five, first, 3, f"{name}_double_1")
    five = conv_bn(five, second, 3, f"{name}_double_2")
    maps = keras.layers.Concatenate(name=f"{name}_concat")([one, three, five])
    correction = keras.layers.Conv2D(x.shape[-1], 1, name=f"{name}_up")(maps)
    return keras.layers.ReLU(name=f"{name}_relu")(x + 0.17 * correction)
