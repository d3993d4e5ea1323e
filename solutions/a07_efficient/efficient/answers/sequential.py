"""Blocks as `Sequential` models and as layers of one's own, a class for a whole network."""

import keras
import numpy as np
from keras import layers, ops


class ReLU6(layers.Layer):
    def call(self, x):
        return ops.minimum(ops.maximum(x, 0.0), 6.0)


def conv_norm(filters, groups=1):
    return [
        layers.Conv2D(filters, (1, 1), groups=groups, use_bias=False),
        layers.BatchNormalization(),
    ]


def depthwise_norm(strides):
    return [
        layers.DepthwiseConv2D((3, 3), (strides, strides), padding="same", use_bias=False),
        layers.BatchNormalization(),
    ]


class InvertedResidual(layers.Layer):
    def __init__(self, filters, strides, expansion, **options):
        super().__init__(**options)
        self.filters, self.strides, self.expansion = filters, strides, expansion

    def build(self, input_shape):
        wide = input_shape[-1] * self.expansion
        steps = [] if self.expansion == 1 else [*conv_norm(wide), ReLU6()]
        steps += [*depthwise_norm(self.strides), ReLU6(), *conv_norm(self.filters)]
        self.branch = keras.Sequential(steps)
        self.branch.build(input_shape)
        self.adds = self.strides == 1 and input_shape[-1] == self.filters

    def call(self, x, training=None):
        y = self.branch(x, training=training)
        return layers.add([x, y]) if self.adds else y


def inverted_residual(x, filters, strides=1, expansion=6, name="block"):
    return InvertedResidual(filters, strides, expansion)(x)


def crushed_by_relu(points, matrix):
    outputs = np.asarray(points) @ np.asarray(matrix)
    opened = outputs > 0
    back = (outputs * opened) @ np.linalg.pinv(matrix)
    lost = np.zeros(len(points), bool)
    for row, chosen in enumerate(opened):
        rank = 0 if not chosen.any() else np.linalg.matrix_rank(matrix[:, chosen])
        lost[row] = rank != len(matrix)
    return back, lost


def mobilenet_v2(alpha=1.0, input_shape=(224, 224, 3), classes=1000):
    model = keras.Sequential([keras.Input(input_shape)])
    model.add(layers.Conv2D(to_eights(32 * alpha), 3, 2, padding="same", use_bias=False))
    model.add(layers.BatchNormalization())
    model.add(ReLU6())
    for expansion, filters, count, strides in V2_BLOCKS:
        for number in range(count):
            stride = 1 if number else strides
            model.add(InvertedResidual(to_eights(filters * alpha), stride, expansion))
    for layer in conv_norm(1280 if alpha <= 1 else to_eights(1280 * alpha)):
        model.add(layer)
    model.add(ReLU6())
    model.add(layers.GlobalAveragePooling2D(keepdims=True))
    model.add(layers.Conv2D(classes, 1))
    model.add(layers.Flatten())
    model.add(layers.Softmax())
    return model


class Shuffle(layers.Layer):
    def __init__(self, groups):
        super().__init__()
        self.groups = groups

    def call(self, x):
        parts = ops.split(x, self.groups, axis=-1) if self.groups > 1 else [x]
        together = ops.stack(parts, axis=-1)
        return ops.reshape(together, (-1, *x.shape[1:]))


def channel_shuffle(x, groups):
    return Shuffle(groups)(x)


def channel_unshuffle(x, groups):
    return ops.concatenate([x[..., start::groups] for start in range(groups)], axis=-1)


def reaches(channels, hidden, groups, shuffled=True):
    reader = np.repeat(np.arange(groups), hidden // groups)
    group = np.arange(hidden) % groups if shuffled else reader
    meets = np.zeros((groups, groups), bool)
    meets[group, reader] = True
    size = channels // groups
    return meets.repeat(size, axis=0).repeat(size, axis=1)


def shuffle_unit(x, filters, groups, strides=1, first=False, name="unit"):
    channels = x.shape[-1]
    made = filters - channels if strides > 1 else filters
    branch = keras.Sequential(
        [
            *conv_norm(filters // 4, 1 if first else groups),
            layers.ReLU(),
            Shuffle(groups),
            *depthwise_norm(strides),
            *conv_norm(made, groups),
        ]
    )
    y = branch(x)
    if strides > 1:
        y = layers.concatenate([layers.AveragePooling2D((3, 3), strides, "same")(x), y])
    else:
        y = x + y
    return layers.Activation("relu")(y)


class ShuffleNet(keras.Model):
    """Written as a model with its own `call`."""

    def __init__(self, groups, width, classes, stem):
        super().__init__()
        self.groups, self.width = groups, width
        self.stem = keras.Sequential(
            [
                layers.Conv2D(stem, 3, 2, padding="same", use_bias=False),
                layers.BatchNormalization(),
                layers.ReLU(),
                layers.MaxPooling2D(3, 2, padding="same"),
            ]
        )
        self.head = layers.Dense(classes, activation="softmax")
        self.branches = []
        before = stem
        for stage, count in enumerate((4, 8, 4)):
            filters = width * 2**stage
            for number in range(count):
                strides = 2 if number == 0 else 1
                is_first = stage == number == 0
                steps = [
                    *conv_norm(filters // 4, 1 if is_first else groups),
                    layers.ReLU(),
                    Shuffle(groups),
                    *depthwise_norm(strides),
                    *conv_norm(filters - before if strides == 2 else filters, groups),
                ]
                self.branches.append(keras.Sequential(steps))
                before = filters
        self.pool = layers.AveragePooling2D(3, 2, padding="same")

    def call(self, x):
        x = self.stem(x)
        for number, branch in enumerate(self.branches):
            if number in (0, 4, 12):
                x = ops.relu(ops.concatenate([self.pool(x), branch(x)], axis=-1))
            else:
                x = ops.relu(x + branch(x))
        return self.head(ops.mean(x, axis=[1, 2]))


def shufflenet(groups, scale=1.0, input_shape=(224, 224, 3), classes=1000, stem=24):
    model = ShuffleNet(groups, int(scale * SHUFFLE_WIDTHS[groups] + 1e-6), classes, stem)
    image = keras.Input(input_shape)
    return keras.Model(image, model(image))


class Fire(layers.Layer):
    def __init__(self, squeeze, expand):
        super().__init__()
        self.squeeze = layers.Conv2D(squeeze, 1, activation="relu")
        self.small = layers.Conv2D(expand, 1, activation="relu")
        self.large = layers.Conv2D(expand, 3, padding="same", activation="relu")

    def call(self, x):
        x = self.squeeze(x)
        return ops.concatenate([self.small(x), self.large(x)], axis=-1)


def fire(x, squeeze, expand, name="fire"):
    return Fire(squeeze, expand)(x)


def squeezenet(version="1.0", input_shape=(224, 224, 3), classes=1000, padding="same"):
    filters, kernel_size = SQUEEZENETS[version]["conv1"]
    model = keras.Sequential([keras.Input(input_shape)])
    model.add(layers.Conv2D(filters, kernel_size, strides=2))
    model.add(layers.ReLU())
    for number in range(1, 10):
        if number > 1:
            model.add(Fire(*FIRES[number - 2]))
        if number in SQUEEZENETS[version]["pools"]:
            model.add(layers.MaxPool2D((3, 3), 2, padding))
    model.add(layers.Dropout(0.5))
    model.add(layers.Conv2D(classes, 1, activation="relu"))
    model.add(layers.GlobalAvgPool2D())
    model.add(layers.Activation("softmax"))
    return model
