"""Operations of `keras.ops` and weights of one's own; windows and `einsum` in place of loops."""

import keras
import numpy as np
from keras import layers, ops


def windows(x, w):
    rows, columns = w.shape[0] // 2, w.shape[1] // 2
    frame = [(0, 0), (rows, rows), (columns, columns), (0, 0)]
    return np.lib.stride_tricks.sliding_window_view(np.pad(x, frame), w.shape[:2], axis=(1, 2))


def depthwise_forward(x, w):
    return np.einsum("bijcmn,mnc->bijc", windows(x, w), w)


def depthwise_backward(dout, x, w):
    turned = w[::-1, ::-1]
    dw = np.einsum("bijcmn,bijc->mnc", windows(x, w), dout)
    return [np.einsum("bijcmn,mnc->bijc", windows(dout, turned), turned), dw]


def separable_costs(kernel, before, after, height, width):
    standard = np.prod([kernel, kernel, before, after])
    separable = before * (kernel**2 + after)
    return {
        "standard_weights": standard,
        "standard_macs": standard * height * width,
        "separable_weights": separable,
        "separable_macs": float(separable * height * width),
        "ratio": np.divide(separable, standard),
    }


def pair_as_standard(depthwise, pointwise):
    return np.einsum("mnc,cf->mncf", depthwise, pointwise)


pair_orders = {
    "mobilenet": "C",
    "xception": "D",
    "keras_layer": "A",
    "xception_drawing": "B",
    "weights_a": np.int64(64 * (9 + 128)),
    "weights_b": 128.0 * (64 + 9),
}


class Depthwise(layers.Layer):
    def __init__(self, strides):
        super().__init__()
        self.strides = strides

    def build(self, shape):
        self.kernel = self.add_weight(shape=(3, 3, shape[-1], 1), initializer="he_normal")

    def call(self, x):
        return ops.depthwise_conv(x, self.kernel, strides=self.strides, padding="same")


def norm_relu(x):
    return ops.maximum(layers.BatchNormalization()(x), 0)


def separable_block(x, filters, strides=1, name="block"):
    x = norm_relu(Depthwise(strides)(x))
    return norm_relu(layers.Conv2D(filters, 1, use_bias=False)(x))


wrong_row = {"row": 18, "stride": 1.0, "macs_lost": 33 * 1024 * 1033}


def mobilenet(alpha=1.0, input_shape=(224, 224, 3), classes=1000):
    image = x = keras.Input(input_shape)
    x = norm_relu(layers.Conv2D(int(alpha * 32), 3, 2, "same", use_bias=False)(x))
    for power, count in [(1, 1), (2, 2), (3, 2), (4, 6), (5, 2)]:
        for number in range(count):
            strides = 2 if number == 0 and power > 1 else 1
            x = separable_block(x, int(alpha * 2**power * 32), strides)
    # Like Keras' own: a convolution on the one pixel that is left.
    x = layers.GlobalAveragePooling2D(keepdims=True)(x)
    x = ops.reshape(layers.Conv2D(classes, 1)(x), (-1, classes))
    return keras.Model(image, ops.softmax(x))


def arithmetic_intensity(kernel, before, after, height, width):
    pixels = height * width
    return {
        "standard": np.float64(kernel**2 * before * after * pixels)
        / (4 * (before + after) * pixels + 4 * kernel**2 * before * after),
        "depthwise": kernel**2 * pixels / (4 * (2 * pixels + kernel**2)),
        "pointwise": 0.25 / (1 / before + 1 / after + 1 / pixels),
    }
