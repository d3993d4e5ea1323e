"""A stack of `Sequential` models; sums of shifted images."""

import keras
import numpy as np
from keras import layers


def shifted(x, down, right):
    """The image moved by some pixels, with zeros where nothing comes from."""
    y = np.zeros_like(x)
    height, width = x.shape[1:3]
    to = (slice(max(0, down), height + min(0, down)), slice(max(0, right), width + min(0, right)))
    start = (
        slice(max(0, -down), height - max(0, down)),
        slice(max(0, -right), width - max(0, right)),
    )
    y[:, to[0], to[1]] = x[:, start[0], start[1]]
    return y


def offsets(w):
    for m in range(w.shape[0]):
        for n in range(w.shape[1]):
            yield m, n, m - w.shape[0] // 2, n - w.shape[1] // 2


def depthwise_forward(x, w):
    return sum(shifted(x, -down, -right) * w[m, n] for m, n, down, right in offsets(w))


def depthwise_backward(dout, x, w):
    dx = sum(shifted(dout * w[m, n], down, right) for m, n, down, right in offsets(w))
    dw = [(shifted(x, -down, -right) * dout).sum((0, 1, 2)) for m, n, down, right in offsets(w)]
    return dx, np.reshape(dw, w.shape)


class Pair(keras.Sequential):
    def __init__(self, filters, strides):
        super().__init__()
        self.add(layers.DepthwiseConv2D((3, 3), (strides, strides), "same", use_bias=False))
        for layer in (layers.Conv2D(filters, 1, use_bias=False), None):
            self.add(layers.BatchNormalization(epsilon=1e-3))
            self.add(layers.ReLU())
            if layer is not None:
                self.add(layer)


def separable_block(x, filters, strides=1, name="block"):
    return Pair(filters, strides)(x)


def mobilenet(alpha=1.0, input_shape=(224, 224, 3), classes=1000):
    strides = {128: 2, 256: 2, 512: 2, 1024: 2}
    model = keras.Sequential([keras.Input(input_shape)])
    model.add(layers.Conv2D(int(alpha * 32), 3, 2, padding="same", use_bias=False))
    model.add(layers.BatchNormalization())
    model.add(layers.ReLU())
    for filters in [64, *2 * [128], *2 * [256], *6 * [512], *2 * [1024]]:
        # The first pair of a width has the stride, and takes it out of the dictionary.
        model.add(Pair(int(alpha * filters), strides.pop(filters, 1)))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(classes, "softmax"))
    return model
