"""You let Keras do the grouping. Split, convolve and concatenate yourself."""

import keras

FAILS = ("GroupedConv2D",)
HINT = None


class GroupedConv2D(keras.layers.Conv2D):
    """Keras' own layer under another name."""
