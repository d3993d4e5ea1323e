"""Your projection takes x as it came. Where the shapes differ, the shortcut is a convolution
of h, which has gone through the first BN and ReLU."""

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
        x = conv(x, filters, 1, strides, name=f"{name}_shortcut")
    return layers.Add(name=f"{name}_add")([y, x])
