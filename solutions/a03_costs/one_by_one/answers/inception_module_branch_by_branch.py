"""One branch after the other, the pool first, ReLU as a layer, concatenated by keras.ops."""

import keras


def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    inputs = keras.Input(input_shape)

    def conv(x, maps, side, name):
        x = keras.layers.Conv2D(maps, side, padding="same", name=name)(x)
        return keras.layers.ReLU(name=f"{name}_relu")(x)

    def reduced(x, name):
        return x if reduction is None else conv(x, reduction, 1, name)

    pool = keras.layers.MaxPool2D((3, 3), strides=(1, 1), padding="same")(inputs)
    pool = reduced(pool, "project_pool")
    fives = conv(reduced(inputs, "reduce_5x5"), filters[2], 5, "conv_5x5")
    threes = conv(reduced(inputs, "reduce_3x3"), filters[1], 3, "conv_3x3")
    ones = conv(inputs, filters[0], 1, "conv_1x1")
    return keras.Model(inputs, keras.ops.concatenate([ones, threes, fives, pool], axis=-1))
