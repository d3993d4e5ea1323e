"""You normalize behind the projection. In this design BN stands before convolutions, and h is
normalized already."""

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
        x = layers.BatchNormalization(name=f"{name}_shortcut_bn")(x)
    return layers.Add(name=f"{name}_add")([y, x])
