"""You kept the ReLU after the addition. In this block nothing follows the sum: that is why it
can be the identity for inputs of any sign."""

from keras import layers

FAILS = ("preactivation_resnet",)


def preactivation_block(x, filters, strides=1, name="block"):
    h = layers.BatchNormalization(name=f"{name}_1_bn")(x)
    h = layers.ReLU(name=f"{name}_1_relu")(h)
    y = conv(h, filters, 3, strides, name=f"{name}_1")
    y = layers.BatchNormalization(name=f"{name}_2_bn")(y)
    y = layers.ReLU(name=f"{name}_2_relu")(y)
    y = conv(y, filters, 3, name=f"{name}_2")
    if x.shape != y.shape:
        x = conv(h, filters, 1, strides, name=f"{name}_shortcut")
    return layers.ReLU(name=f"{name}_relu")(layers.Add(name=f"{name}_add")([y, x]))
