"""Blocks as classes; depthwise layers as grouped convolutions; sums written as loops."""

import keras
import numpy as np
from keras import layers


def depthwise_forward(x, w):
    _, height, width, _ = x.shape
    above, before = (w.shape[0] - 1) // 2, (w.shape[1] - 1) // 2
    y = np.zeros(x.shape)
    for i in range(height):
        for j in range(width):
            for m in range(max(0, above - i), min(w.shape[0], height + above - i)):
                for n in range(max(0, before - j), min(w.shape[1], width + before - j)):
                    y[:, i, j] += x[:, i + m - above, j + n - before] * w[m, n]
    return y


def depthwise_backward(dout, x, w):
    _, height, width, _ = x.shape
    above, before = (w.shape[0] - 1) // 2, (w.shape[1] - 1) // 2
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    for i in range(height):
        for j in range(width):
            for m in range(max(0, above - i), min(w.shape[0], height + above - i)):
                for n in range(max(0, before - j), min(w.shape[1], width + before - j)):
                    row, column = i + m - above, j + n - before
                    dx[:, row, column] += dout[:, i, j] * w[m, n]
                    dw[m, n] += (x[:, row, column] * dout[:, i, j]).sum(axis=0)
    return dx, dw


def separable_costs(kernel, before, after, height, width):
    layers_of = {
        "standard": [kernel * kernel * before * after],
        "separable": [kernel * kernel * before, before * after],
    }
    found = {}
    for name, weights in layers_of.items():
        found[f"{name}_weights"] = sum(weights)
        found[f"{name}_macs"] = sum(one * height * width for one in weights)
    return found | {"ratio": found["separable_macs"] / found["standard_macs"]}


def pair_as_standard(depthwise, pointwise):
    kernel = np.empty((*depthwise.shape, pointwise.shape[1]))
    for channel, weights in enumerate(pointwise):
        kernel[:, :, channel] = np.multiply.outer(depthwise[:, :, channel], weights)
    return kernel


pair_orders = {
    "keras_layer": "A",
    "xception_drawing": "B",
    "xception": "D",
    "mobilenet": "C",
    "weights_a": 8768,
    "weights_b": 9344,
}


class NormRelu(layers.Layer):
    def __init__(self):
        super().__init__()
        self.norm = layers.BatchNormalization()
        self.relu = layers.Activation("relu")

    def call(self, x, training=None):
        return self.relu(self.norm(x, training=training))


class SeparableBlock(layers.Layer):
    def __init__(self, filters, strides=1):
        super().__init__()
        self.strides = strides
        self.first, self.second = NormRelu(), NormRelu()
        self.pointwise = layers.Conv2D(filters, (1, 1), padding="same", use_bias=False)

    def build(self, shape):
        self.depthwise = layers.Conv2D(
            shape[-1], 3, self.strides, "same", groups=shape[-1], use_bias=False
        )

    def call(self, x, training=None):
        x = self.first(self.depthwise(x), training=training)
        return self.second(self.pointwise(x), training=training)


def separable_block(x, filters, strides=1, name="block"):
    return SeparableBlock(filters, strides)(x)


wrong_row = {"row": 18, "stride": 1, "macs_lost": 34_907_136}


class MobileNet(keras.Model):
    def __init__(self, alpha, classes):
        super().__init__()
        wide = [64, 128, 128, 256, 256] + [512] * 6 + [1024] * 2
        self.first = layers.Conv2D(round(alpha * 32), 3, 2, "same", use_bias=False)
        self.norm = NormRelu()
        self.blocks = []
        for before, filters in zip([32, *wide], wide, strict=False):
            halved = filters == 2 * before and filters != 64
            self.blocks.append(SeparableBlock(round(alpha * filters), 2 if halved else 1))
        self.pool = layers.GlobalAveragePooling2D()
        self.dense = layers.Dense(classes)
        self.softmax = layers.Softmax()

    def call(self, x, training=None):
        x = self.norm(self.first(x), training=training)
        for block in self.blocks:
            x = block(x, training=training)
        return self.softmax(self.dense(self.pool(x)))


def mobilenet(alpha=1.0, input_shape=(224, 224, 3), classes=1000):
    model = MobileNet(alpha, classes)
    image = keras.Input(input_shape)
    return keras.Model(image, model(image))


def arithmetic_intensity(kernel, before, after, height, width):
    found = {}
    for kind, side, groups, filters in [
        ("standard", kernel, 1, after),
        ("depthwise", kernel, before, before),
        ("pointwise", 1, 1, after),
    ]:
        weights = side**2 * (before // groups) * filters
        values = height * width * (before + filters) + weights
        found[kind] = height * width * weights / values / 4
    return found
