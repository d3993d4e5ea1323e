"""The naive module and the other one written out separately; the pool as an operation."""

import keras
from keras import layers


def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    options = {"padding": "same", "activation": "relu"}
    inputs = layers.Input(input_shape)
    a = layers.Conv2D(filters[0], 1, name="conv_1x1", **options)(inputs)
    d = keras.ops.max_pool(inputs, 3, strides=1, padding="same")
    if reduction is None:
        b = layers.Conv2D(filters[1], 3, name="conv_3x3", **options)(inputs)
        c = layers.Conv2D(filters[2], 5, name="conv_5x5", **options)(inputs)
    else:
        b = layers.Conv2D(reduction, 1, name="reduce_3x3", **options)(inputs)
        b = layers.Conv2D(filters[1], 3, name="conv_3x3", **options)(b)
        c = layers.Conv2D(reduction, 1, name="reduce_5x5", **options)(inputs)
        c = layers.Conv2D(filters[2], 5, name="conv_5x5", **options)(c)
        d = layers.Conv2D(reduction, 1, name="project_pool", **options)(d)
    return keras.Model(inputs, layers.concatenate([a, b, c, d]))
