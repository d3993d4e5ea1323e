"""You apply the ReLU before the normalization. The order is convolution, normalization, ReLU."""

import keras

FAILS = (
    "inception_v2",
    "inception_v3",
    "inception_resnet",
)


def conv_bn(x, filters, kernel_size, name="conv"):
    conv = keras.layers.Conv2D(filters, kernel_size, padding="same", use_bias=False, name=name)
    norm = keras.layers.BatchNormalization(name=f"{name}_bn")
    return norm(keras.layers.ReLU(name=f"{name}_relu")(conv(x)))
