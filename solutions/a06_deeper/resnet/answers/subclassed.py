"""Blocks and networks as classes, with their layers made in `__init__`; gradients in loops."""

import keras
import numpy as np
from keras import layers, ops


def residual_backward(dout, x, w1, w2):
    dx, dw1, dw2 = np.zeros_like(x), np.zeros_like(w1), np.zeros_like(w2)
    for example, gradient in zip(range(len(x)), dout, strict=True):
        z = x[example]
        hidden = np.maximum(z @ w1, 0)
        gradient = np.where(z + hidden @ w2 > 0, gradient, 0)
        dw2 += np.outer(hidden, gradient)
        inner = np.where(z @ w1 > 0, w2 @ gradient, 0)
        dw1 += np.outer(z, inner)
        dx[example] = gradient + w1 @ inner
    return dx, dw1, dw2


class PaddingShortcut(layers.Layer):
    def __init__(self, filters, strides):
        super().__init__()
        self.filters, self.strides = filters, strides
        self.keep = layers.MaxPooling2D(1, strides)

    def call(self, x):
        missing = self.filters - x.shape[-1]
        kept = self.keep(x)
        if not missing:
            return kept
        zeros = ops.zeros_like(ops.repeat(kept[..., :1], missing, axis=-1))
        return ops.concatenate([kept, zeros], axis=-1)


def padding_shortcut(x, filters, strides=1):
    return PaddingShortcut(filters, strides)(x)


class ConvNorm(layers.Layer):
    """A convolution with batch normalization, and perhaps ReLU."""

    def __init__(self, filters, kernel_size, strides=1, relu=True, gamma="ones"):
        super().__init__()
        self.pad = layers.ZeroPadding2D(kernel_size // 2)
        self.convolution = layers.Conv2D(filters, kernel_size, strides, use_bias=False)
        self.norm = layers.BatchNormalization(gamma_initializer=gamma)
        self.relu = relu

    def call(self, x, training=None):
        x = self.norm(self.convolution(self.pad(x)), training=training)
        return ops.relu(x) if self.relu else x


class BasicBlock(layers.Layer):
    def __init__(self, filters, strides=1, shortcut="projection", zero_gamma=False):
        super().__init__()
        self.filters, self.strides, self.shortcut = filters, strides, shortcut
        self.first = ConvNorm(filters, 3, strides)
        gamma = keras.initializers.Zeros() if zero_gamma else "ones"
        self.second = ConvNorm(filters, 3, relu=False, gamma=gamma)
        self.side = None

    def build(self, shape):
        if self.strides > 1 or shape[-1] != self.filters:
            if self.shortcut == "projection":
                self.side = ConvNorm(self.filters, 1, self.strides, relu=False)
            elif self.shortcut == "padding":
                self.side = PaddingShortcut(self.filters, self.strides)

    def call(self, x, training=None):
        y = self.second(self.first(x, training=training), training=training)
        if self.shortcut is not None:
            y = y + (x if self.side is None else self.side(x))
        return ops.relu(y)


def basic_block(x, filters, strides=1, shortcut="projection", zero_gamma=False, name="block"):
    return BasicBlock(filters, strides, shortcut, zero_gamma)(x)


def block_macs(height, width, channels):
    def conv_macs(kernel, before, after):
        return height * width * kernel * kernel * before * after

    wide = 4 * channels
    return {
        "basic": conv_macs(3, channels, channels) + conv_macs(3, channels, channels),
        "bottleneck": conv_macs(1, wide, channels)
        + conv_macs(3, channels, channels)
        + conv_macs(1, channels, wide),
    }


class Bottleneck(layers.Layer):
    def __init__(self, filters, strides, stride_in):
        super().__init__()
        self.filters, self.strides = filters, strides
        self.branch = [
            ConvNorm(filters, 1, strides if stride_in == "1x1" else 1),
            ConvNorm(filters, 3, strides if stride_in == "3x3" else 1),
            ConvNorm(4 * filters, 1, relu=False),
        ]
        self.side = None

    def build(self, shape):
        if self.strides > 1 or shape[-1] != 4 * self.filters:
            self.side = ConvNorm(4 * self.filters, 1, self.strides, relu=False)

    def call(self, x, training=None):
        y = x
        for part in self.branch:
            y = part(y, training=training)
        if self.side is not None:
            x = self.side(x, training=training)
        return ops.relu(x + y)


def bottleneck_block(x, filters, strides=1, stride_in="1x1", name="block"):
    return Bottleneck(filters, strides, stride_in)(x)


def weight_layers(blocks, bottleneck):
    layers_found = 2
    for count in blocks:
        for _ in range(count):
            layers_found += 3 if bottleneck else 2
    return layers_found


class Network(keras.Model):
    """A stem, stages of blocks, and a head."""

    def __init__(self, stem, blocks, classes):
        super().__init__()
        self.stem, self.blocks = stem, blocks
        self.pool = layers.GlobalAveragePooling2D()
        self.classifier = layers.Dense(classes)

    def call(self, x, training=None):
        for part in [*self.stem, *self.blocks]:
            x = part(x)
        return ops.softmax(self.classifier(self.pool(x)))


def resnet(blocks, bottleneck, stride_in="1x1", width=64, classes=1000, input_shape=(224, 224, 3)):
    stem = [ConvNorm(width, 7, 2), layers.ZeroPadding2D(1), layers.MaxPooling2D(3, 2)]
    stack = []
    for stage, count in enumerate(blocks):
        for number in range(count):
            strides = 2 if stage and not number else 1
            filters = width << stage
            if bottleneck:
                stack.append(Bottleneck(filters, strides, stride_in))
            else:
                stack.append(BasicBlock(filters, strides))
    model = Network(stem, stack, classes)
    model(keras.Input(input_shape))
    return model


keras_biases = {
    "stem": 64,
    "stage_1": 3 * 6 * 64 + 4 * 64,
    "stage_4": 3 * 6 * 512 + 4 * 512,
    "all": 64
    + sum((6 * n + 4) * width for n, width in zip((3, 4, 6, 3), (64, 128, 256, 512), strict=True)),
}


def cifar_resnet(n, shortcut="padding", width=16, classes=10, input_shape=(32, 32, 3)):
    stack = [
        BasicBlock(width * 2**stage, 2 if stage and not number else 1, shortcut)
        for stage in range(3)
        for number in range(n)
    ]
    image = keras.Input(input_shape)
    return keras.Model(image, Network([ConvNorm(width, 3)], stack, classes)(image))


def cifar_costs(n):
    weights = 27 * 16 + (2 * n) * 9 * 16 * 16
    norms = 16 + 2 * n * 16
    macs = 32 * 32 * weights
    for filters, pixels in [(32, 16 * 16), (64, 8 * 8)]:
        stage = 9 * (filters // 2) * filters + (2 * n - 1) * 9 * filters * filters
        weights += stage
        norms += 2 * n * filters
        macs += pixels * stage
    return {"parameters": weights + 2 * norms + 650, "macs": macs + 640}


class Activated(layers.Layer):
    """A block of BN, ReLU, convolution, twice."""

    def __init__(self, filters, strides):
        super().__init__()
        self.filters, self.strides = filters, strides
        self.norms = [layers.BatchNormalization(), layers.BatchNormalization()]
        self.pad = layers.ZeroPadding2D(1)
        self.first = layers.Conv2D(filters, 3, strides, use_bias=False)
        self.second = layers.Conv2D(filters, 3, padding="same", use_bias=False)
        self.side = None

    def build(self, shape):
        if self.strides > 1 or shape[-1] != self.filters:
            self.side = layers.Conv2D(self.filters, 1, self.strides, use_bias=False)

    def call(self, x):
        h = ops.relu(self.norms[0](x))
        y = self.second(ops.relu(self.norms[1](self.first(self.pad(h)))))
        return (x if self.side is None else self.side(h)) + y


def preactivation_block(x, filters, strides=1, name="block"):
    return Activated(filters, strides)(x)


def preactivation_resnet(n, width=16, classes=10, input_shape=(32, 32, 3)):
    stack = [
        Activated(width * 2**stage, 2 if stage and not number else 1)
        for stage in range(3)
        for number in range(n)
    ]
    stem = [layers.Conv2D(width, 3, padding="same", use_bias=False)]
    last = [layers.BatchNormalization(), layers.ReLU()]
    model = Network(stem, stack + last, classes)
    model(keras.Input(input_shape))
    return model


slide_errata = {
    "pool": [3, 2],
    "depth": 18.0,
    "weight_decay": 1e-4 / 1e-5,
    "copied_from": (18, 34, 50, 101, 152),
    "kernels": (3,),
    "classes": 10,
}
