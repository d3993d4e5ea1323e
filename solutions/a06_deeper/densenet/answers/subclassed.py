"""Sections 4 to 6: layers and networks as classes, `Sequential` models inside."""

import keras
import numpy as np
from keras import layers, ops


def conv_of(filters, side, strides=1):
    convolution = layers.Conv2D(filters, side, strides, use_bias=False)
    if side == 1:
        return convolution
    return keras.Sequential([layers.ZeroPadding2D(side // 2), convolution])


def before(*convolution):
    return keras.Sequential(
        [layers.BatchNormalization(), layers.Activation("relu"), conv_of(*convolution)]
    )


class DenseLayer(layers.Layer):
    def __init__(self, growth, bottleneck, **kwargs):
        super().__init__(**kwargs)
        steps = [before(growth, 3)]
        if bottleneck:
            steps.insert(0, before(4 * growth, 1))
        self.branch = keras.Sequential(steps)

    def call(self, x):
        return ops.concatenate([x, self.branch(x)], axis=-1)


class DenseBlock(layers.Layer):
    def __init__(self, count, growth, bottleneck=False, **kwargs):
        super().__init__(**kwargs)
        self.steps = [DenseLayer(growth, bottleneck) for _ in range(count)]

    def call(self, x):
        for step in self.steps:
            x = step(x)
        return x


def dense_layer(x, growth, bottleneck=False, name="layer"):
    return DenseLayer(growth, bottleneck)(x)


def dense_block(x, layers_count, growth, bottleneck=False, name="dense"):
    return DenseBlock(layers_count, growth, bottleneck)(x)


def transition(x, compression=1.0, name="transition"):
    steps = [before(int(compression * x.shape[-1]), 1), layers.AveragePooling2D(2)]
    return keras.Sequential(steps)(x)


class DenseNet(keras.Model):
    def __init__(self, blocks, growth, bottleneck, compression, large_stem, width, classes):
        super().__init__()
        self.parts = [conv_of(width, 7, 2) if large_stem else conv_of(width, 3)]
        if large_stem:
            self.parts += [layers.BatchNormalization(), layers.ReLU(), layers.ZeroPadding2D()]
            self.parts += [layers.MaxPooling2D(3, 2)]
        channels = width
        for number, count in enumerate(blocks):
            if number:
                channels = int(compression * channels)
                self.parts += [before(channels, 1), layers.AveragePooling2D(2)]
            self.parts += [DenseBlock(count, growth, bottleneck)]
            channels += count * growth
        self.parts += [layers.BatchNormalization(), layers.ReLU()]
        self.parts += [layers.GlobalAveragePooling2D(), layers.Dense(classes, "softmax")]

    def call(self, x):
        for part in self.parts:
            x = part(x)
        return x


def densenet(
    blocks,
    growth,
    bottleneck=False,
    compression=1.0,
    large_stem=False,
    width=16,
    classes=10,
    input_shape=(32, 32, 3),
):
    model = DenseNet(blocks, growth, bottleneck, compression, large_stem, width, classes)
    image = keras.Input(input_shape)
    return keras.Model(image, model(image))


def channels_read(blocks, growth, width=16, compression=1.0):
    result = ()
    for count in blocks:
        before_each = tuple(range(width, width + growth * count, growth))
        result += (before_each,)
        width = int((before_each[-1] + growth) * compression)
    return result


def kept_values(height, width, channels, layers_count, growth):
    pixels = height * width
    read = [channels]
    while len(read) < layers_count:
        read.append(read[-1] + growth)
    return {"features": pixels * (read[-1] + growth), "normalized": pixels * sum(read)}


def reuse_map(kernels, channels, growth):
    edges = np.cumsum([0, channels] + [growth] * (len(kernels) - 1))
    found = np.zeros((len(kernels), len(kernels)), "float32")
    for row in range(len(kernels)):
        start, stop = edges[row : row + 2]
        for column in range(row, len(kernels)):
            found[row, column] = np.mean(np.abs(np.asarray(kernels[column])[:, :, start:stop]))
    return found


class Convolution(layers.Layer):
    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.convolution = layers.Conv2D(filters, 3, padding="same", use_bias=False)
        self.norm = layers.BatchNormalization()

    def call(self, x):
        return ops.relu(self.norm(self.convolution(x)))


class Fractal(layers.Layer):
    def __init__(self, filters, columns, **kwargs):
        super().__init__(**kwargs)
        self.alone = Convolution(filters)
        self.deep = [Fractal(filters, columns - 1) for _ in range(2)] if columns > 1 else []

    def call(self, x):
        if not self.deep:
            return self.alone(x)
        first, second = self.deep
        return ops.mean(ops.stack([self.alone(x), second(first(x))]), axis=0)


def fractal(x, filters, columns, column=None):
    if column is None:
        return Fractal(filters, columns)(x)
    return keras.Sequential([Convolution(filters) for _ in range(2 ** (column - 1))])(x)


def fractal_size(columns):
    depth = 2 ** (columns - 1)
    paths = [1]
    while len(paths) < columns:
        paths.append(1 + paths[-1] ** 2)
    return {"convolutions": 2 * depth - 1, "deepest": depth, "paths": paths[-1]}


def local_join(inputs, draws, rate=0.15):
    total, count = 0, 0
    for x, number in zip(inputs, draws, strict=True):
        if number >= rate or max(draws) == number:
            total, count = total + x, count + 1
    return total / count


def pyramid_widths(blocks, alpha, start=16, multiplicative=False):
    width, found = start, []
    for _ in range(blocks):
        width = width * alpha ** (1 / blocks) if multiplicative else width + alpha / blocks
        found.append(int(width + 0.5))
    return tuple(found)


class PyramidBlock(layers.Layer):
    def __init__(self, filters, strides, bottleneck, **kwargs):
        super().__init__(**kwargs)
        self.strides = strides
        if bottleneck:
            steps = [conv_of(filters, 1), before(filters, 3, strides), before(4 * filters, 1)]
        else:
            steps = [conv_of(filters, 3, strides), before(filters, 3)]
        norms = [layers.BatchNormalization(), layers.BatchNormalization()]
        self.branch = keras.Sequential([norms[0], *steps, norms[1]])

    def call(self, x):
        y = self.branch(x)
        shortcut = layers.MaxPooling2D(1, self.strides)(x)
        missing = y.shape[-1] - x.shape[-1]
        return layers.add([ops.concatenate([shortcut, ops.zeros_like(y[..., :missing])], -1), y])


def pyramid_block(x, filters, strides=1, bottleneck=False, name="block"):
    return PyramidBlock(filters, strides, bottleneck)(x)


def pyramidnet(depth, alpha, bottleneck=False, classes=10, input_shape=(32, 32, 3), width=16):
    blocks = (depth - 2) // (9 if bottleneck else 6)
    steps = [keras.Input(input_shape), conv_of(width, 3), layers.BatchNormalization()]
    for number, filters in enumerate(pyramid_widths(3 * blocks, alpha, width)):
        strides = 2 if number and number % blocks == 0 else 1
        steps.append(PyramidBlock(filters, strides, bottleneck))
    steps += [layers.BatchNormalization(), layers.ReLU(), layers.GlobalAveragePooling2D()]
    return keras.Sequential([*steps, layers.Dense(classes, activation="softmax")])


pyramid_row = {"fully_connected": 1.0, "features": (64, 100, 286, 4 * 286), "kernels": [3.0]}
