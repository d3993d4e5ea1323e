"""You shrink with a stride in the second pair. The pairs keep the size; a max pooling of 3 × 3
with stride 2 follows them.
"""

import keras

FAILS = ("xception_block",)


def xception_block(x, filters, shrink=False, name="block"):
    y = x
    for number in range(1, 3 if shrink else 4):
        y = keras.layers.ReLU(name=f"{name}_relu{number}")(y)
        y = keras.layers.SeparableConv2D(
            filters, 3, strides=2 if shrink and number == 2 else 1, padding="same", use_bias=False
        )(y)
        y = keras.layers.BatchNormalization(name=f"{name}_bn{number}")(y)
    if shrink:
        x = keras.layers.Conv2D(filters, 1, strides=2, use_bias=False, name=f"{name}_shortcut")(x)
        x = keras.layers.BatchNormalization(name=f"{name}_shortcut_bn")(x)
    return keras.layers.Add(name=f"{name}_add")([x, y])
