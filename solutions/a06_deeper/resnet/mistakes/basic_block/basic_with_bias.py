"""Your convolutions have biases, which the batch normalization right behind them subtracts
again. Set `use_bias=False`, or use the given `conv`."""

from keras import layers

FAILS = ("basic_block", "resnet", "cifar_resnet")


def basic_block(x, filters, strides=1, shortcut="projection", zero_gamma=False, name="block"):
    y = layers.Conv2D(filters, 3, strides)(layers.ZeroPadding2D(1)(x))
    y = layers.BatchNormalization(name=f"{name}_1_bn")(y)
    y = layers.ReLU(name=f"{name}_1_relu")(y)
    y = layers.Conv2D(filters, 3, padding="same")(y)
    gamma = "zeros" if zero_gamma else "ones"
    y = layers.BatchNormalization(gamma_initializer=gamma, name=f"{name}_2_bn")(y)
    if shortcut is not None:
        if x.shape != y.shape and shortcut == "padding":
            x = padding_shortcut(x, filters, strides)
        elif x.shape != y.shape:
            x = conv(x, filters, 1, strides, name=f"{name}_shortcut")
            x = layers.BatchNormalization(name=f"{name}_shortcut_bn")(x)
        y = layers.Add(name=f"{name}_add")([y, x])
    return layers.ReLU(name=f"{name}_relu")(y)
