"""Operations and indices in place of layers, groups split by hand, one loop for all stages."""

import keras
import numpy as np
from keras import layers, ops


def norm_relu(x):
    return ops.relu(layers.BatchNormalization()(x))


def squeeze_excite(x, ratio=16, name="se"):
    channels = x.shape[-1]
    squeezed = ops.mean(x, axis=(1, 2))
    hidden = ops.relu(layers.Dense(channels // ratio)(squeezed))
    gates = ops.sigmoid(layers.Dense(channels)(hidden))
    return gates[:, None, None, :] * x


def se_weights(channels, ratio=16, biases=True):
    between = channels // ratio
    sizes = np.array([[channels, between], [between, channels]])
    return int(np.prod(sizes, axis=1).sum() + biases * sizes[:, 1].sum())


def around(x, filters, strides):
    """The shortcut of a bottleneck."""
    if strides == 1 and x.shape[-1] == 4 * filters:
        return x
    return layers.BatchNormalization()(conv(x, 4 * filters, 1, strides))


def se_block(x, filters, strides=1, ratio=16, name="block"):
    shortcut = around(x, filters, strides)
    y = norm_relu(conv(x, filters, 1))
    y = norm_relu(conv(y, filters, 3, strides))
    y = layers.BatchNormalization()(conv(y, 4 * filters, 1))
    return ops.relu(ops.add(shortcut, squeeze_excite(y, ratio)))


def network(block, blocks, stem, width, classes, input_shape):
    image = keras.Input(input_shape)
    if stem == "7x7":
        x = norm_relu(conv(image, width, 7, 2))
        x = layers.MaxPooling2D(3, 2)(ops.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]))
    else:
        x = norm_relu(layers.Conv2D(width, 3, padding="same", use_bias=False)(image))
    strides = 1
    for stage, count in enumerate(blocks):
        for _ in range(count):
            x = block(x, width << stage, strides, stage)
            strides = 1
        strides = 2
    return keras.Model(image, ops.softmax(layers.Dense(classes)(ops.mean(x, axis=(1, 2)))))


def se_resnet(blocks, ratio=16, width=64, classes=1000, input_shape=(224, 224, 3)):
    def block(x, filters, strides, stage):
        return se_block(x, filters, strides, ratio)

    return network(block, blocks, "7x7", width, classes, input_shape)


def wide_block(x, filters, strides=1, dropout=0.0, name="block"):
    h = norm_relu(x)
    y = norm_relu(conv(h, filters, 3, strides))
    y = conv(layers.Dropout(dropout)(y), filters, 3)
    if strides > 1 or x.shape[-1] != filters:
        return y + conv(h, filters, 1, strides)
    return y + x


def wide_resnet(depth, k, dropout=0.0, classes=10, input_shape=(32, 32, 3), width=16):
    image = keras.Input(input_shape)
    x = conv(image, width, 3)
    n = (depth - 4) // 6
    for number in range(3 * n):
        strides = 2 if number in (n, 2 * n) else 1
        x = wide_block(x, k * width * 2 ** (number // n), strides, dropout)
    x = ops.mean(norm_relu(x), axis=(1, 2))
    return keras.Model(image, layers.Dense(classes, activation=ops.softmax)(x))


def wide_growth(k):
    def weights(k, kernel=3, seen=16, filters=16):
        return kernel * kernel * seen * filters

    second = weights(k, seen=16 * k, filters=16 * k) / weights(1)
    by_maps = float(k)
    return {
        "stem": weights(k, seen=3) / weights(1, seen=3),
        "first": weights(k, filters=16 * k) / weights(1),
        "second": second,
        "norm": by_maps,
        "classifier": by_maps,
        "macs": second,
        "values": by_maps,
    }


def full_kernel(kernel, groups):
    parts = np.split(np.asarray(kernel), groups, axis=-1)
    nothing = np.zeros_like(parts[0])
    rows = [
        np.concatenate([part if i == j else nothing for j, part in enumerate(parts)], axis=3)
        for i in range(groups)
    ]
    return np.concatenate(rows, axis=2)


def path_kernels(first, middle, last, cardinality):
    return list(
        zip(
            ops.split(first, cardinality, axis=-1),
            ops.split(middle, cardinality, axis=-1),
            ops.split(last, cardinality, axis=2),
            strict=True,
        )
    )


def same_budget(cardinality, channels=256, middle=64):
    budget = 2 * channels * middle + 9 * middle * middle
    widths = np.arange(1, middle + 1)
    weights = cardinality * widths * (2 * channels + 9 * widths)
    best = np.argmin(np.abs(weights - budget))
    return {"bottleneck": budget, "group_width": widths[best], "resnext": weights[best]}


def resnext_block(x, filters, cardinality=32, strides=1, group_width=4, ratio=None, name="block"):
    shortcut = around(x, filters, strides)
    y = norm_relu(conv(x, cardinality * group_width, 1))
    parts = ops.split(y, cardinality, axis=-1)
    y = ops.concatenate([conv(part, group_width, 3, strides) for part in parts], axis=-1)
    y = layers.BatchNormalization()(conv(norm_relu(y), 4 * filters, 1))
    if ratio:
        y = squeeze_excite(y, ratio)
    return ops.relu(shortcut + y)


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
    def block(x, filters, strides, stage):
        return resnext_block(x, filters, cardinality, strides, base_width << stage, ratio)

    return network(block, blocks, stem, width, classes, input_shape)
