"""Functional, with padding by hand and operations in place of layers."""

import keras
from keras import layers, ops


def vgg_stages(x, stages, batch_norm=False):
    for entries in stages:
        for entry in entries:
            if entry == "LRN":
                x = LocalResponseNorm()(x)
                continue
            side, filters = entry
            if x.shape[1] is None:
                x = layers.Conv2D(filters, side, padding="same", use_bias=not batch_norm)(x)
            else:
                x = layers.ZeroPadding2D(side // 2)(x)
                x = layers.Conv2D(filters, side, use_bias=not batch_norm)(x)
            x = layers.BatchNormalization()(x) if batch_norm else x
            x = ops.relu(x)
        x = layers.MaxPooling2D()(x)
    return x


def vgg(
    stages, input_shape=(224, 224, 3), hidden=4096, classes=1000, dropout=0.5, batch_norm=False
):
    image = keras.Input(input_shape)
    maps = vgg_stages(image, stages, batch_norm)
    # FC6 as a convolution over all of the maps is the same dense layer.
    x = layers.Conv2D(hidden, maps.shape[1:3])(maps)
    x = layers.Dropout(dropout)(ops.relu(x))
    x = layers.Flatten()(x)
    x = layers.Dropout(dropout)(ops.relu(layers.Dense(hidden)(x)))
    return keras.Model(image, ops.softmax(layers.Dense(classes)(x)))
