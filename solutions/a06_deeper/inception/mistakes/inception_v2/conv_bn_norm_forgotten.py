"""Your unit has no batch normalization. It stands between the convolution and the ReLU."""

import keras

FAILS = (
    "inception_v2",
    "inception_v3",
    "inception_resnet",
)


def conv_bn(x, filters, kernel_size, name="conv"):
    conv = keras.layers.Conv2D(filters, kernel_size, padding="same", use_bias=False, name=name)
    return keras.layers.ReLU(name=f"{name}_relu")(conv(x))
