"""Operations in place of layers, groups by hand, plain numbers, other loops."""

import math

import keras
import numpy as np
from keras import layers, ops


def conv_norm(x, filters, kernel_size=1, strides=1, groups=1):
    convolve = [
        layers.Conv2D(filters // groups, kernel_size, strides, padding="same", use_bias=False)
        for _ in range(groups)
    ]
    parts = ops.split(x, groups, axis=-1) if groups > 1 else [x]
    made = [layer(part) for layer, part in zip(convolve, parts, strict=True)]
    x = made[0] if groups == 1 else ops.concatenate(made, axis=-1)
    return layers.BatchNormalization()(x)


def depthwise_norm(x, strides):
    maps = x.shape[-1]
    x = layers.Conv2D(maps, 3, strides, padding="same", groups=maps, use_bias=False)(x)
    return layers.BatchNormalization()(x)


def inverted_residual(x, filters, strides=1, expansion=6, name="block"):
    y = x
    if expansion > 1:
        y = ops.clip(conv_norm(y, expansion * x.shape[-1]), 0, 6)
    y = ops.relu6(depthwise_norm(y, strides))
    y = conv_norm(y, filters)
    return x + y if (strides, filters) == (1, x.shape[-1]) else y


def crushed_by_relu(points, matrix):
    image = np.where(points @ matrix > 0, points @ matrix, 0.0)
    back = np.linalg.lstsq(matrix.T, image.T, rcond=None)[0].T
    lost = []
    for row in image:
        seen = matrix * (row > 0)
        lost.append(bool(np.linalg.matrix_rank(seen) < matrix.shape[0]))
    return back, lost


def mobilenet_v2(alpha=1.0, input_shape=(224, 224, 3), classes=1000):
    image = keras.Input(input_shape)
    x = ops.minimum(ops.relu(conv_norm(image, to_eights(32 * alpha), 3, 2)), 6)
    for expansion, filters, count, strides in V2_BLOCKS:
        for stride in [strides] + (count - 1) * [1]:
            x = inverted_residual(x, to_eights(alpha * filters), stride, expansion)
    x = layers.Activation("relu6")(conv_norm(x, to_eights(1280 * max(1, alpha))))
    scores = layers.Dense(classes)(ops.mean(x, axis=(1, 2)))
    return keras.Model(image, ops.softmax(scores))


def in_turn(channels, groups):
    size = channels // groups
    return [group * size + place for place in range(size) for group in range(groups)]


def channel_shuffle(x, groups):
    return ops.take(x, in_turn(x.shape[-1], groups), axis=-1)


def channel_unshuffle(x, groups):
    order = in_turn(x.shape[-1], groups)
    return ops.take(x, [order.index(channel) for channel in range(len(order))], axis=-1)


def reaches(channels, hidden, groups, shuffled=True):
    order = in_turn(hidden, groups) if shuffled else list(range(hidden))
    table = [[False] * channels for _ in range(channels)]
    for place, source in enumerate(order):
        sees, read_by = source * groups // hidden, place * groups // hidden
        for i in range(channels):
            for j in range(channels):
                if i * groups // channels == sees and j * groups // channels == read_by:
                    table[i][j] = True
    return table


def shuffle_unit(x, filters, groups, strides=1, first=False, name="unit"):
    y = ops.relu(conv_norm(x, filters // 4, groups=1 if first else groups))
    y = depthwise_norm(channel_shuffle(y, groups), strides)
    if strides == 1:
        return ops.relu(ops.add(conv_norm(y, filters, groups=groups), x))
    y = conv_norm(y, filters - x.shape[-1], groups=groups)
    around = ops.average_pool(x, 3, strides, padding="same")
    return ops.relu(ops.concatenate([around, y], axis=-1))


def shufflenet(groups, scale=1.0, input_shape=(224, 224, 3), classes=1000, stem=24):
    image = keras.Input(input_shape)
    x = ops.max_pool(ops.relu(conv_norm(image, stem, 3, 2)), 3, 2, padding="same")
    width, first = math.floor(SHUFFLE_WIDTHS[groups] * scale + 0.5), True
    for count in (3, 7, 3):
        x = shuffle_unit(x, width, groups, 2, first)
        for _ in range(count):
            x = shuffle_unit(x, width, groups)
        width, first = 2 * width, False
    x = layers.Dense(classes)(ops.mean(ops.mean(x, axis=1), axis=1))
    return keras.Model(image, layers.Softmax()(x))


shuffle_rows = {
    "groups_at_half": (2, 4),
    "row": [0.5, 4],
    "channels": np.int64(34),
    "stem": 24 // 2,
    "branch": 0.25 * 384 - 6,
}


def fire(x, squeeze, expand, name="fire"):
    z = ops.relu(layers.Conv2D(squeeze, 1)(x))
    sides = [layers.Conv2D(expand, size, padding="same")(z) for size in (1, 3)]
    return ops.relu(ops.concatenate(sides, axis=-1))


def squeezenet(version="1.0", input_shape=(224, 224, 3), classes=1000, padding="same"):
    image = keras.Input(input_shape)
    settings = SQUEEZENETS[version]
    x = ops.relu(layers.Conv2D(*settings["conv1"], strides=2)(image))
    x = ops.max_pool(x, 3, 2, padding=padding)
    for number, (squeeze, expand) in enumerate(FIRES, 2):
        x = fire(x, squeeze, expand)
        if number in settings["pools"]:
            x = ops.max_pool(x, 3, 2, padding=padding)
    x = ops.relu(layers.Conv2D(classes, 1)(layers.Dropout(0.5)(x)))
    return keras.Model(image, ops.softmax(ops.mean(x, axis=(1, 2))))


fifty_times = {
    "parameters": 60_965_224 / 1_248_424,
    "convolutions": 1.87,
    "macs": 0.870,
    "megabytes": 4.99,
}
