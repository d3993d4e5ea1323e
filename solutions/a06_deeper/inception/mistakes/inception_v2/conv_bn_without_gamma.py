"""Your normalization has no γ. Leave `scale=True`, Keras' default: the slide scales and shifts."""

import keras

FAILS = (
    "inception_v2",
    "inception_v3",
    "inception_resnet",
)


def conv_bn(x, filters, kernel_size, name="conv"):
    conv = keras.layers.Conv2D(filters, kernel_size, padding="same", use_bias=False, name=name)
    norm = keras.layers.BatchNormalization(scale=False, name=f"{name}_bn")
    return keras.layers.ReLU(name=f"{name}_relu")(norm(conv(x)))
