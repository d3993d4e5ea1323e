"""You shrink the shortcut by pooling. It goes through 1 × 1 filters with stride 2 and a
normalization.
"""

import keras

FAILS = ("xception_block",)


def xception_block(x, filters, shrink=False, name="block"):
    y = x
    for number in range(1, 3 if shrink else 4):
        y = keras.layers.ReLU(name=f"{name}_relu{number}")(y)
        y = keras.layers.SeparableConv2D(
            filters, 3, padding="same", use_bias=False, name=f"{name}_sepconv{number}"
        )(y)
        y = keras.layers.BatchNormalization(name=f"{name}_bn{number}")(y)
    if shrink:
        y = keras.layers.MaxPooling2D(3, strides=2, padding="same", name=f"{name}_pool")(y)
        x = keras.layers.Conv2D(filters, 1, use_bias=False)(
            keras.layers.MaxPooling2D(2, padding="same")(x)
        )
        x = keras.layers.BatchNormalization(name=f"{name}_shortcut_bn")(x)
    return keras.layers.Add(name=f"{name}_add")([x, y])
