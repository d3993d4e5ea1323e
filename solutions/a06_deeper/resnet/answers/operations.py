"""Operations in place of layers wherever there is one, the shortcut first, other loops."""

import keras
import numpy as np
from keras import layers, ops


def padding_shortcut(x, filters, strides=1):
    kept = x[:, ::strides, ::strides, :]
    missing = filters - x.shape[-1]
    if missing < 1:
        return kept
    one = ops.zeros_like(kept[..., :1])
    return ops.concatenate([kept] + [one] * missing, axis=-1)


def norm_relu(x):
    return ops.relu(layers.BatchNormalization()(x))


def basic_block(x, filters, strides=1, shortcut="projection", zero_gamma=False, name="block"):
    gamma = keras.initializers.Constant(0 if zero_gamma else 1)
    around = 0
    if shortcut is not None:
        around = x
        if strides != 1 or x.shape[-1] != filters:
            if shortcut == "projection":
                around = layers.BatchNormalization()(conv(x, filters, 1, strides))
            else:
                around = padding_shortcut(x, filters, strides)
    y = norm_relu(conv(x, filters, 3, strides))
    y = layers.BatchNormalization(gamma_initializer=gamma)(conv(y, filters, 3))
    return ops.relu(y if shortcut is None else around + y)


def block_macs(height, width, channels):
    square = np.prod([height, width, channels, channels])
    return {"basic": int(18 * square), "bottleneck": int(17 * square)}


def bottleneck_block(x, filters, strides=1, stride_in="1x1", name="block"):
    in_first = stride_in == "1x1"
    y = norm_relu(conv(x, filters, 1, strides if in_first else 1))
    y = ops.pad(y, [[0, 0], [1, 1], [1, 1], [0, 0]])
    y = layers.Conv2D(filters, 3, 1 if in_first else strides, use_bias=False)(y)
    y = conv(norm_relu(y), 4 * filters, 1)
    y = layers.BatchNormalization()(y)
    if x.shape[1:] == y.shape[1:]:
        return layers.ReLU()(ops.add(x, y))
    around = layers.BatchNormalization()(conv(x, 4 * filters, 1, strides))
    return layers.ReLU()(ops.add(around, y))


def weight_layers(blocks, bottleneck):
    return int(np.sum(blocks) * (3 if bottleneck else 2) + 2)


def resnet(blocks, bottleneck, stride_in="1x1", width=64, classes=1000, input_shape=(224, 224, 3)):
    image = keras.Input(input_shape)
    x = norm_relu(conv(image, width, 7, 2))
    x = layers.MaxPooling2D(3, 2)(ops.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]))
    strides = 1
    for count in blocks:
        for _ in range(count):
            if bottleneck:
                x = bottleneck_block(x, width, strides, stride_in)
            else:
                x = basic_block(x, width, strides)
            strides = 1
        width, strides = 2 * width, 2
    x = ops.mean(x, axis=(1, 2))
    return keras.Model(image, ops.softmax(layers.Dense(classes)(x)))


def cifar_resnet(n, shortcut="padding", width=16, classes=10, input_shape=(32, 32, 3)):
    image = keras.Input(input_shape)
    x = norm_relu(layers.Conv2D(width, 3, padding="same", use_bias=False)(image))
    for number in range(3 * n):
        strides = 2 if number in (n, 2 * n) else 1
        x = basic_block(x, width * 2 ** (number // n), strides, shortcut)
    x = ops.mean(x, axis=(1, 2))
    return keras.Model(image, layers.Dense(classes, activation=keras.ops.softmax)(x))


def preactivation_resnet(n, width=16, classes=10, input_shape=(32, 32, 3)):
    image = keras.Input(input_shape)
    x = conv(image, width, 3)
    for number in range(3 * n):
        strides = 2 if number in (n, 2 * n) else 1
        filters = width * 2 ** (number // n)
        h = norm_relu(x)
        y = conv(norm_relu(conv(h, filters, 3, strides)), filters, 3)
        x = y + (conv(h, filters, 1, strides) if x.shape[1:] != y.shape[1:] else x)
    x = ops.mean(norm_relu(x), axis=(1, 2))
    return keras.Model(image, layers.Dense(classes, "softmax")(x))
