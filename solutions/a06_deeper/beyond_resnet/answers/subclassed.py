"""Blocks and networks as classes, gates as a layer of its own, numbers in loops."""

import keras
import numpy as np
from keras import layers, ops


class Gates(layers.Layer):
    """Squeeze and excitation with convolutions of 1 x 1."""

    def __init__(self, ratio):
        super().__init__()
        self.ratio = ratio

    def build(self, shape):
        self.squeeze = layers.GlobalAveragePooling2D(keepdims=True)
        self.down = layers.Conv2D(shape[-1] // self.ratio, 1, activation="relu")
        self.up = layers.Conv2D(shape[-1], 1, activation="sigmoid")

    def call(self, x):
        return x * self.up(self.down(self.squeeze(x)))


def squeeze_excite(x, ratio=16, name="se"):
    return Gates(ratio)(x)


def se_weights(channels, ratio=16, biases=True):
    total = 0
    for seen, units in [(channels, channels // ratio), (channels // ratio, channels)]:
        total += seen * units
        if biases:
            total += units
    return total


class ConvNorm(layers.Layer):
    """A convolution with batch normalization, and perhaps ReLU."""

    def __init__(self, filters, kernel_size, strides=1, relu=True, groups=1):
        super().__init__()
        self.pad = layers.ZeroPadding2D(kernel_size // 2)
        self.convolution = layers.Conv2D(
            filters, kernel_size, strides, use_bias=False, groups=groups
        )
        self.norm = layers.BatchNormalization()
        self.relu = relu

    def call(self, x, training=None):
        x = self.norm(self.convolution(self.pad(x)), training=training)
        return ops.relu(x) if self.relu else x


class Bottleneck(layers.Layer):
    """ResNet's, ResNeXt's and SENet's."""

    def __init__(self, filters, strides, middle, groups=1, ratio=None):
        super().__init__()
        self.filters, self.strides = filters, strides
        self.branch = [
            ConvNorm(middle, 1),
            ConvNorm(middle, 3, strides, groups=groups),
            ConvNorm(4 * filters, 1, relu=False),
        ]
        if ratio is not None:
            self.branch.append(Gates(ratio))
        self.side = None

    def build(self, shape):
        if self.strides > 1 or shape[-1] != 4 * self.filters:
            self.side = ConvNorm(4 * self.filters, 1, self.strides, relu=False)

    def call(self, x):
        y = x
        for part in self.branch:
            y = part(y)
        return ops.relu(y + (x if self.side is None else self.side(x)))


def se_block(x, filters, strides=1, ratio=16, name="block"):
    return Bottleneck(filters, strides, filters, ratio=ratio)(x)


class Network(keras.Model):
    """A stem, a stack of blocks, and a head."""

    def __init__(self, parts, classes):
        super().__init__()
        self.parts = parts
        self.pool = layers.GlobalAveragePooling2D()
        self.classifier = layers.Dense(classes, activation="softmax")

    def call(self, x):
        for part in self.parts:
            x = part(x)
        return self.classifier(self.pool(x))


def stacked(make, blocks, stem, width, classes, input_shape):
    """The network whose blocks `make` makes, from filters, strides and the number of the stage."""
    if stem == "7x7":
        parts = [ConvNorm(width, 7, 2), layers.ZeroPadding2D(1), layers.MaxPooling2D(3, 2)]
    else:
        parts = [ConvNorm(width, 3)]
    for stage, count in enumerate(blocks):
        for number in range(count):
            parts.append(make(width * 2**stage, 2 if stage and not number else 1, stage))
    model = Network(parts, classes)
    model(keras.Input(input_shape))
    return model


def se_resnet(blocks, ratio=16, width=64, classes=1000, input_shape=(224, 224, 3)):
    def make(filters, strides, stage):
        return Bottleneck(filters, strides, filters, ratio=ratio)

    return stacked(make, blocks, "7x7", width, classes, input_shape)


class Wide(layers.Layer):
    """A pre-activation block with dropout."""

    def __init__(self, filters, strides, rate):
        super().__init__()
        self.filters, self.strides = filters, strides
        self.before = keras.Sequential([layers.BatchNormalization(), layers.ReLU()])
        self.branch = keras.Sequential(
            [
                layers.ZeroPadding2D(1),
                layers.Conv2D(filters, 3, strides, use_bias=False),
                layers.BatchNormalization(),
                layers.Activation("relu"),
                *([layers.Dropout(rate)] if rate else []),
                layers.Conv2D(filters, 3, padding="same", use_bias=False),
            ]
        )
        self.side = None

    def build(self, shape):
        if self.strides > 1 or shape[-1] != self.filters:
            self.side = layers.Conv2D(self.filters, 1, self.strides, use_bias=False)

    def call(self, x):
        h = self.before(x)
        return (x if self.side is None else self.side(h)) + self.branch(h)


def wide_block(x, filters, strides=1, dropout=0.0, name="block"):
    return Wide(filters, strides, dropout)(x)


def wide_resnet(depth, k, dropout=0.0, classes=10, input_shape=(32, 32, 3), width=16):
    parts = [layers.Conv2D(width, 3, padding="same", use_bias=False)]
    for stage, filters in enumerate([k * width, 2 * k * width, 4 * k * width]):
        for number in range((depth - 4) // 6):
            parts.append(Wide(filters, 2 if stage and not number else 1, dropout))
    model = Network([*parts, layers.BatchNormalization(), layers.ReLU()], classes)
    model(keras.Input(input_shape))
    return model


def wide_growth(k):
    grown = dict.fromkeys(("first", "norm", "classifier", "values"), k)
    return grown | dict.fromkeys(("second", "macs"), k * k) | {"stem": 1.0}


def full_kernel(kernel, groups):
    seen, filters = kernel.shape[2:]
    group_of_channel = np.arange(seen * groups) // seen
    group_of_filter = np.arange(filters) // (filters // groups)
    together = group_of_channel[:, None] == group_of_filter[None, :]
    return np.tile(kernel, (1, 1, groups, 1)) * together


def path_kernels(first, middle, last, cardinality):
    paths, d = [], first.shape[-1] // cardinality
    for start in range(0, cardinality * d, d):
        stop = start + d
        paths.append([first[..., start:stop], middle[..., start:stop], last[0:, 0:, start:stop]])
    return paths


def same_budget(cardinality, channels=256, middle=64):
    def convolutions(width, groups):
        return channels * width + 9 * width * (width // groups) + width * channels

    budget = convolutions(middle, 1)
    d, missed = 1, float("inf")
    for width in range(1, 10 * middle):
        weights = convolutions(cardinality * width, cardinality)
        if abs(weights - budget) < missed:
            d, missed = width, abs(weights - budget)
    return {
        "resnext": convolutions(cardinality * d, cardinality),
        "group_width": d,
        "bottleneck": budget,
    }


def resnext_block(x, filters, cardinality=32, strides=1, group_width=4, ratio=None, name="block"):
    return Bottleneck(filters, strides, cardinality * group_width, cardinality, ratio)(x)


def resnext(
    blocks,
    cardinality=32,
    base_width=4,
    ratio=None,
    stem="7x7",
    width=64,
    classes=1000,
    input_shape=(224, 224, 3),
):
    def make(filters, strides, stage):
        middle = cardinality * base_width * 2**stage
        return Bottleneck(filters, strides, middle, cardinality, ratio)

    return stacked(make, blocks, stem, width, classes, input_shape)
