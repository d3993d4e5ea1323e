"""Your ReLU comes before the batch normalization. The order is BN, ReLU, convolution."""

from keras import layers

FAILS = ("preactivation_resnet",)


def preactivation_block(x, filters, strides=1, name="block"):
    h = layers.ReLU(name=f"{name}_1_relu")(x)
    h = layers.BatchNormalization(name=f"{name}_1_bn")(h)
    y = conv(h, filters, 3, strides, name=f"{name}_1")
    y = layers.ReLU(name=f"{name}_2_relu")(y)
    y = layers.BatchNormalization(name=f"{name}_2_bn")(y)
    y = conv(y, filters, 3, name=f"{name}_2")
    if x.shape != y.shape:
        x = conv(h, filters, 1, strides, name=f"{name}_shortcut")
    return layers.Add(name=f"{name}_add")([y, x])
