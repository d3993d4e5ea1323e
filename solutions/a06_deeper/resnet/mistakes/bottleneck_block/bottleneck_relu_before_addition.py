"""Your third ReLU stands before the addition. The sum comes first, then the ReLU."""

from keras import layers

FAILS = ("bottleneck_block", "resnet")


def bottleneck_block(x, filters, strides=1, stride_in="1x1", name="block"):
    first, second = (strides, 1) if stride_in == "1x1" else (1, strides)
    y = conv(x, filters, 1, first, name=f"{name}_1")
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    y = conv(y, filters, 3, second, name=f"{name}_2")
    y = layers.BatchNormalization(name=f"{name}_2_bn")(y)
    y = layers.ReLU(name=f"{name}_2_relu")(y)
    y = conv(y, 4 * filters, 1, name=f"{name}_3")
    y = layers.BatchNormalization(name=f"{name}_3_bn")(y)
    y = layers.ReLU(name=f"{name}_3_relu")(y)
    if x.shape != y.shape:
        x = conv(x, 4 * filters, 1, strides, name=f"{name}_shortcut")
        x = layers.BatchNormalization(name=f"{name}_shortcut_bn")(x)
    return layers.Add(name=f"{name}_add")([y, x])
