"""Nested Sequential models: features and classifier apart."""

import keras
import numpy as np
from keras import layers

from course_lib import costs


def features(*steps):
    return keras.Sequential(list(steps), name="features")


def classifier(units, classes, names=("fc6", "fc7"), rate=0.5):
    steps = [layers.Flatten()]
    for _ in names:
        steps += [layers.Dense(units), layers.ReLU()] + ([layers.Dropout(rate)] if rate else [])
    return keras.Sequential([*steps, layers.Dense(classes, activation=None)], name="classifier")


def same(count, side, groups=1):
    return layers.Conv2D(
        count, side, padding="same", activation=keras.activations.relu, groups=groups
    )


def build_alexnet_64(
    input_shape=(227, 227, 3), filters=(64, 192, 384, 256, 256), units=4096, classes=1000
):
    first, *middle, last = filters
    return keras.Sequential(
        [
            keras.Input(input_shape),
            features(
                layers.ZeroPadding2D((2, 2)),
                layers.Conv2D(first, (11, 11), (4, 4)),
                layers.ReLU(),
                layers.MaxPooling2D((3, 3), 2),
                same(middle[0], 5),
                layers.MaxPooling2D((3, 3), 2),
                same(middle[1], 3),
                same(middle[2], 3),
                same(last, 3),
                layers.MaxPooling2D((3, 3), 2),
            ),
            classifier(units, classes, rate=0),
        ]
    )


def build_alexnet(
    input_shape=(227, 227, 3),
    filters=(96, 256, 384, 384, 256),
    units=4096,
    classes=1000,
    groups=1,
    without=(),
):
    steps = [
        layers.Conv2D(filters[0], 11, 4, activation="relu"),
        layers.MaxPooling2D(3, 2),
        LocalResponseNormalization(),
        same(filters[1], 5, groups),
        layers.MaxPooling2D(3, 2),
        LocalResponseNormalization(),
    ]
    optional = {"conv3": same(filters[2], 3), "conv4": same(filters[3], 3, groups)}
    steps += [step for name, step in optional.items() if name not in without]
    steps += [same(filters[4], 3, groups), layers.MaxPooling2D(3, 2)]
    names = [name for name in ("fc6", "fc7") if name not in without]
    return keras.Sequential(
        [keras.Input(input_shape), features(*steps), classifier(units, classes, names)]
    )


def build_zfnet(
    input_shape=(224, 224, 3), filters=(96, 256, 384, 384, 256), units=4096, classes=1000
):
    return keras.Sequential(
        [
            keras.Input(input_shape),
            features(
                layers.ZeroPadding2D(((1, 1), (1, 1))),
                layers.Conv2D(filters[0], 7, 2, activation="relu"),
                layers.MaxPooling2D(3, 2, padding="same"),
                LocalResponseNormalization(),
                layers.Conv2D(filters[1], 5, 2, activation="relu"),
                layers.MaxPooling2D(3, 2, padding="same"),
                LocalResponseNormalization(),
                *[same(count, 3) for count in filters[2:]],
                layers.MaxPooling2D(3, 2),
            ),
            classifier(units, classes),
        ]
    )


class GroupedConv2D(keras.layers.Layer):
    """Slices in place of `split`; a bias for each group."""

    def __init__(self, filters, kernel_size, strides=1, padding="valid", groups=1, **options):
        super().__init__(**options)
        self.settings = {
            "filters": filters,
            "kernel_size": kernel_size,
            "strides": strides,
            "padding": padding,
            "groups": groups,
        }

    def build(self, input_shape):
        height, width = self.settings["kernel_size"]
        filters = self.settings["filters"]
        self.inside = input_shape[-1] // self.settings["groups"]
        self.each = filters // self.settings["groups"]
        self.kernel = self.add_weight((height, width, self.inside, filters), "he_normal")
        self.bias = self.add_weight((filters,), "zeros")

    def call(self, x):
        found = []
        for group in range(self.settings["groups"]):
            maps = x[..., group * self.inside : (group + 1) * self.inside]
            mine = slice(group * self.each, (group + 1) * self.each)
            y = keras.ops.conv(
                maps,
                self.kernel[..., mine],
                strides=self.settings["strides"],
                padding=self.settings["padding"],
            )
            found.append(y + self.bias[mine])
        return keras.ops.concatenate(found, axis=3)

    def get_config(self):
        return {**super().get_config(), **self.settings}


def grouped_cost(side, channels, filters, groups, pixels):
    products = np.prod([side, side, channels // groups, filters])
    return {"parameters": int(products + filters), "macs": int(products * pixels)}


def parameters_saved(without, groups=2):
    def size(**options):
        table = costs.count(lambda: build_alexnet(groups=groups, **options))
        return sum(row.parameters for row in table.rows)

    return size() - size(without=tuple(without))
