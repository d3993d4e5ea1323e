"""Sections 4 to 6: operations in place of layers, loops in place of recursion, counts by adding up."""

import keras
import numpy as np
from keras import layers, ops


def norm_relu(x):
    return ops.relu(layers.BatchNormalization()(x))


def same_conv(x, filters, side, strides=1):
    x = ops.pad(x, [[0, 0], [side // 2, side // 2], [side // 2, side // 2], [0, 0]])
    return layers.Conv2D(filters, side, strides, use_bias=False)(x)


def dense_layer(x, growth, bottleneck=False, name="layer"):
    y = same_conv(norm_relu(x), 4 * growth, 1) if bottleneck else x
    return ops.concatenate([x, same_conv(norm_relu(y), growth, 3)], axis=-1)


def dense_block(x, layers_count, growth, bottleneck=False, name="dense"):
    known = [x]
    for _ in range(layers_count):
        everything = ops.concatenate(known, axis=-1) if len(known) > 1 else x
        y = everything
        if bottleneck:
            y = same_conv(norm_relu(y), 4 * growth, 1)
        known.append(layers.Conv2D(growth, 3, padding="same", use_bias=False)(norm_relu(y)))
    return ops.concatenate(known, axis=-1)


def transition(x, compression=1.0, name="transition"):
    filters = int(np.floor(x.shape[-1] * compression))
    y = layers.Conv2D(filters, 1, use_bias=False)(norm_relu(x))
    return ops.average_pool(y, 2, 2)


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
    image = keras.Input(input_shape)
    if large_stem:
        x = norm_relu(same_conv(image, width, 7, 2))
        x = ops.max_pool(ops.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]), 3, 2)
    else:
        x = layers.Conv2D(width, 3, padding="same", use_bias=False)(image)
    x = dense_block(x, blocks[0], growth, bottleneck)
    for count in blocks[1:]:
        x = dense_block(transition(x, compression), count, growth, bottleneck)
    x = ops.mean(norm_relu(x), axis=(1, 2))
    return keras.Model(image, ops.softmax(layers.Dense(classes)(x)))


def channels_read(blocks, growth, width=16, compression=1.0):
    result = []
    for count in blocks:
        one = width + growth * np.arange(count)
        result.append(one)
        width = np.floor((width + growth * count) * compression).astype(int)
    return result


def kept_values(height, width, channels, layers_count, growth):
    read = channels + growth * np.arange(layers_count + 1)
    return {
        "features": int(height * width * read[-1]),
        "normalized": int(height * width * read[:-1].sum()),
    }


def reuse_map(kernels, channels, growth):
    count = len(kernels)
    rows = []
    for kernel in kernels:
        size = ops.mean(ops.abs(kernel), axis=[0, 1, 3])
        parts = [ops.mean(size[:channels])]
        if len(size) > channels:
            parts += list(ops.mean(ops.reshape(size[channels:], (-1, growth)), axis=1))
        rows.append([float(part) for part in parts] + [0.0] * (count - len(parts)))
    return ops.transpose(ops.array(rows))


def fractal(x, filters, columns, column=None):
    def one(x):
        return norm_relu_after(x, filters)

    if column is not None:
        for _ in range(2 ** (column - 1)):
            x = one(x)
        return x
    blocks = [one]
    for _ in range(columns - 1):
        blocks.append(lambda x, inner=blocks[-1]: (one(x) + inner(inner(x))) / 2)
    return blocks[-1](x)


def norm_relu_after(x, filters):
    return norm_relu(same_conv(x, filters, 3))


def fractal_size(columns):
    if columns == 1:
        return {"paths": 1, "deepest": 1, "convolutions": 1}
    size = fractal_size(columns - 1)
    return {
        "paths": size["paths"] * size["paths"] + 1,
        "deepest": 2 * size["deepest"],
        "convolutions": 2 * size["convolutions"] + 1,
    }


def local_join(inputs, draws, rate=0.15):
    keep = np.array(draws) >= rate
    if not keep.any():
        keep[np.argmax(draws)] = True
    return np.average(np.stack(inputs), axis=0, weights=keep)


def pyramid_widths(blocks, alpha, start=16, multiplicative=False):
    steps = np.arange(1, blocks + 1) / blocks
    exact = start * alpha**steps if multiplicative else start + alpha * steps
    return np.rint(exact).astype(int)


def pyramid_block(x, filters, strides=1, bottleneck=False, name="block"):
    y = layers.BatchNormalization()(x)
    if bottleneck:
        y = norm_relu(layers.Conv2D(filters, 1, use_bias=False)(y))
        y = norm_relu(same_conv(y, filters, 3, strides))
        y = layers.Conv2D(4 * filters, 1, use_bias=False)(y)
    else:
        y = norm_relu(same_conv(y, filters, 3, strides))
        y = layers.Conv2D(filters, 3, padding="same", use_bias=False)(y)
    kept = x[:, ::strides, ::strides, :]
    missing = y.shape[-1] - x.shape[-1]
    if missing:
        zeros = ops.zeros_like(kept[..., :1])
        kept = ops.concatenate([kept] + [zeros] * missing, axis=-1)
    return layers.BatchNormalization()(y) + kept


def pyramidnet(depth, alpha, bottleneck=False, classes=10, input_shape=(32, 32, 3), width=16):
    image = keras.Input(input_shape)
    x = layers.BatchNormalization()(same_conv(image, width, 3))
    n = (depth - 2) // (9 if bottleneck else 6)
    widths = pyramid_widths(3 * n, alpha, width)
    for stage in range(3):
        for number in range(n):
            strides = 2 if stage and not number else 1
            x = pyramid_block(x, int(widths[stage * n + number]), strides, bottleneck)
    x = ops.mean(norm_relu(x), axis=(1, 2))
    return keras.Model(image, ops.softmax(layers.Dense(classes)(x)))


pyramid_row = {
    "fully_connected": 110 - 109,
    "features": np.array([64, 100, 286, 1144]),
    "kernels": (3,),
}
