"""You let the layer of Keras do the work. Write build and call yourself, with keras.ops."""

import keras

FAILS = ("BatchNorm",)
HINT = None


class BatchNorm(keras.layers.BatchNormalization):
    pass
