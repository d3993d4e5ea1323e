"""Your projection ends with its convolution. Batch normalization follows every convolution of
this network, that of the shortcut too."""

from keras import layers

FAILS = ("basic_block", "starts_as_identity", "resnet", "cifar_resnet")


def basic_block(x, filters, strides=1, shortcut="projection", zero_gamma=False, name="block"):
    y = conv(x, filters, 3, strides, name=f"{name}_1")
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    y = conv(y, filters, 3, name=f"{name}_2")
    gamma = "zeros" if zero_gamma else "ones"
    y = layers.BatchNormalization(gamma_initializer=gamma, name=f"{name}_2_bn")(y)
    if shortcut is not None:
        if x.shape != y.shape and shortcut == "padding":
            x = padding_shortcut(x, filters, strides)
        elif x.shape != y.shape:
            x = conv(x, filters, 1, strides, name=f"{name}_shortcut")
        y = layers.Add(name=f"{name}_add")([y, x])
    return layers.ReLU(name=f"{name}_relu")(y)
