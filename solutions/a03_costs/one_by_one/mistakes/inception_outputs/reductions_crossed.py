"""Your `reduce_3x3` feeds the 5 × 5 and your `reduce_5x5` the 3 × 3. The parameters agree, the
outputs do not: exchange them.
"""

import keras

FAILS = ("inception_outputs",)


def inception_module(input_shape=(28, 28, 256), filters=(128, 192, 96), reduction=None):
    def conv(maps, side, name):
        return keras.layers.Conv2D(maps, side, padding="same", activation="relu", name=name)

    ones, threes, fives = filters
    inputs = keras.Input(input_shape)
    before_3x3 = before_5x5 = inputs
    pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same")(inputs)
    if reduction is not None:
        before_5x5 = conv(reduction, 1, "reduce_3x3")(inputs)
        before_3x3 = conv(reduction, 1, "reduce_5x5")(inputs)
        pooled = conv(reduction, 1, "project_pool")(pooled)
    maps_1x1 = conv(ones, 1, "conv_1x1")(inputs)
    maps_3x3 = conv(threes, 3, "conv_3x3")(before_3x3)
    maps_5x5 = conv(fives, 5, "conv_5x5")(before_5x5)
    branches = [maps_1x1, maps_3x3, maps_5x5, pooled]
    return keras.Model(inputs, keras.layers.Concatenate()(branches))
