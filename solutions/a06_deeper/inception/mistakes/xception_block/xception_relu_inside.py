"""You have a ReLU between the depthwise and the 1 × 1 convolution. Nothing stands between the two."""

import keras

FAILS = ("xception_block",)


def xception_block(x, filters, shrink=False, name="block"):
    y = x
    for number in range(1, 3 if shrink else 4):
        y = keras.layers.ReLU(name=f"{name}_relu{number}")(y)
        y = keras.layers.DepthwiseConv2D(3, padding="same", use_bias=False)(y)
        y = keras.layers.ReLU()(y)
        y = keras.layers.Conv2D(filters, 1, use_bias=False)(y)
        y = keras.layers.BatchNormalization(name=f"{name}_bn{number}")(y)
    if shrink:
        y = keras.layers.MaxPooling2D(3, strides=2, padding="same", name=f"{name}_pool")(y)
        x = keras.layers.Conv2D(filters, 1, strides=2, use_bias=False, name=f"{name}_shortcut")(x)
        x = keras.layers.BatchNormalization(name=f"{name}_shortcut_bn")(x)
    return keras.layers.Add(name=f"{name}_add")([x, y])
