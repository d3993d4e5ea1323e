"""Your blocks still normalize after the convolution. Here the order is BN, ReLU, convolution,
both times."""

from keras import layers

FAILS = ("preactivation_resnet",)


def preactivation_block(x, filters, strides=1, name="block"):
    y = conv(x, filters, 3, strides, name=f"{name}_1")
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    y = conv(y, filters, 3, name=f"{name}_2")
    y = layers.BatchNormalization(name=f"{name}_2_bn")(y)
    if x.shape != y.shape:
        x = conv(x, filters, 1, strides, name=f"{name}_shortcut")
    return layers.Add(name=f"{name}_add")([y, x])
