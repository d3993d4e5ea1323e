"""Branches as `Sequential` models of their own, blocks as models in a `Sequential` network."""

import keras
import numpy as np
from keras import layers, ops


def residual_backward(dout, x, w1, w2):
    inside = x @ w1
    hidden = inside * (inside > 0)
    outside = x + hidden @ w2
    through_sum = np.zeros_like(dout)
    through_sum[outside > 0] = dout[outside > 0]
    through_hidden = through_sum @ w2.T
    through_hidden[inside <= 0] = 0
    dx = through_sum.copy()
    dx += np.einsum("bh,fh->bf", through_hidden, w1)
    dw1 = np.einsum("bf,bh->fh", x, through_hidden)
    return dx, dw1, np.einsum("bh,bf->hf", hidden, through_sum)


def padding_shortcut(x, filters, strides=1):
    kept = ops.average_pool(x, 1, strides) if strides > 1 else x
    missing = filters - x.shape[-1]
    if missing == 0:
        return kept
    return ops.pad(kept, ((0, 0), (0, 0), (0, 0), (0, missing)))


def conv_norm(filters, side, strides=1, relu=True, gamma="ones"):
    model = keras.Sequential()
    if side > 1:
        model.add(layers.ZeroPadding2D(((side // 2, side // 2), (side // 2, side // 2))))
    model.add(layers.Conv2D(filters, (side, side), strides, use_bias=False))
    model.add(layers.BatchNormalization(gamma_initializer=gamma))
    if relu:
        model.add(layers.Activation("relu"))
    return model


def basic_block(x, filters, strides=1, shortcut="projection", zero_gamma=False, name="block"):
    branch = keras.Sequential(
        [
            conv_norm(filters, 3, strides),
            conv_norm(filters, 3, relu=False, gamma="zeros" if zero_gamma else "ones"),
        ]
    )
    result = branch(x)
    if shortcut is None:
        return layers.Activation("relu")(result)
    differs = strides > 1 or x.shape[-1] != filters
    if differs and shortcut == "padding":
        x = padding_shortcut(x, filters, strides)
    elif differs:
        x = conv_norm(filters, 1, strides, relu=False)(x)
    return layers.Activation("relu")(layers.add([x, result]))


def block_macs(height, width, channels):
    return {
        kind: factor * height * width * channels * channels
        for kind, factor in (("basic", 18), ("bottleneck", 17))
    }


def bottleneck_block(x, filters, strides=1, stride_in="1x1", name="block"):
    branch = keras.Sequential(
        [
            conv_norm(filters, 1, strides if stride_in == "1x1" else 1),
            conv_norm(filters, 3, 1 if stride_in == "1x1" else strides),
            conv_norm(4 * filters, 1, relu=False),
        ]
    )
    result = branch(x)
    if tuple(x.shape[1:]) != tuple(result.shape[1:]):
        x = conv_norm(4 * filters, 1, strides, relu=False)(x)
    return ops.relu(ops.add(x, result))


def weight_layers(blocks, bottleneck):
    return 2 + sum(count * (2 + bottleneck) for count in blocks)


def block_model(block, shape, *args, **options):
    image = keras.Input(shape)
    return keras.Model(image, block(image, *args, **options))


def stages(model, block, blocks, width, **options):
    for stage, count in enumerate(blocks):
        for number in range(count):
            strides = 1 if stage == 0 or number > 0 else 2
            shape = model.output_shape[1:]
            model.add(block_model(block, shape, width * 2**stage, strides, **options))


def resnet(blocks, bottleneck, stride_in="1x1", width=64, classes=1000, input_shape=(224, 224, 3)):
    model = keras.Sequential([keras.Input(input_shape), conv_norm(width, 7, 2)])
    model.add(layers.ZeroPadding2D(1))
    model.add(layers.MaxPooling2D(3, 2))
    if bottleneck:
        stages(model, bottleneck_block, blocks, width, stride_in=stride_in)
    else:
        stages(model, basic_block, blocks, width)
    model.add(layers.AveragePooling2D(model.output_shape[1:3]))
    model.add(layers.Flatten())
    model.add(layers.Dense(classes))
    model.add(layers.Softmax())
    return model


def cifar_resnet(n, shortcut="padding", width=16, classes=10, input_shape=(32, 32, 3)):
    model = keras.Sequential([keras.Input(input_shape), conv_norm(width, 3)])
    stages(model, basic_block, (n, n, n), width, shortcut=shortcut)
    model.add(layers.GlobalAveragePooling2D(keepdims=True))
    model.add(layers.Conv2D(classes, 1, activation="softmax"))
    model.add(layers.Flatten())
    return model


def cifar_costs(n):
    convolutions = [(32, 3, 16)] + 2 * n * [(32, 16, 16)]
    convolutions += [(16, 16, 32)] + (2 * n - 1) * [(16, 32, 32)]
    convolutions += [(8, 32, 64)] + (2 * n - 1) * [(8, 64, 64)]
    return {
        "parameters": sum(9 * c * f + 2 * f for _, c, f in convolutions) + 650,
        "macs": sum(side**2 * 9 * c * f for side, c, f in convolutions) + 640,
    }


def preactivation_block(x, filters, strides=1, name="block"):
    before = keras.Sequential([layers.BatchNormalization(), layers.ReLU()])
    h = before(x)
    branch = keras.Sequential(
        [
            layers.ZeroPadding2D(1),
            layers.Conv2D(filters, 3, strides, use_bias=False),
            layers.BatchNormalization(),
            layers.Activation("relu"),
            layers.Conv2D(filters, 3, padding="same", use_bias=False),
        ]
    )
    result = branch(h)
    if strides > 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides, use_bias=False)(h)
    return ops.add(x, result)


def preactivation_resnet(n, width=16, classes=10, input_shape=(32, 32, 3)):
    model = keras.Sequential([keras.Input(input_shape)])
    model.add(layers.Conv2D(width, 3, padding="same", use_bias=False))
    stages(model, preactivation_block, (n, n, n), width)
    model.add(layers.BatchNormalization())
    model.add(layers.ReLU())
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(classes, activation="softmax"))
    return model
