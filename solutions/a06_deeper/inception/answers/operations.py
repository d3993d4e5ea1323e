"""Functional, with `keras.ops` for whatever has no weights, and branches in another order."""

import keras
from keras import layers, ops


def conv(x, filters, size, strides=1, padding="same"):
    return ops.relu(layers.Conv2D(filters, size, strides, padding=padding)(x))


def largest(x, strides=1):
    """The maximum of 3 x 3 pixels."""
    if strides == 1:
        return ops.max_pool(x, 3, strides=1, padding="same")
    around = ops.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]])
    return layers.MaxPooling2D(3, strides)(around)


def inception(x, filters, name="inception"):
    one, reduce3, three, reduce5, five, projection = filters
    pool = conv(layers.MaxPooling2D(3, 1, "same")(x), projection, 1)
    three_by_three = conv(conv(x, reduce3, 1), three, 3)
    five_by_five = ops.relu(layers.Conv2D(five, 5)(layers.ZeroPadding2D(2)(conv(x, reduce5, 1))))
    single = conv(x, one, (1, 1))
    return ops.concatenate([five_by_five, pool, single, three_by_three], axis=-1)


def row_costs(height, width, channels, filters):
    one, reduce3, three, reduce5, five, projection = filters
    sees = {"1": channels, "3": reduce3, "5": reduce5}
    weights = (
        sees["1"] * (one + reduce3 + reduce5 + projection)
        + 3**2 * sees["3"] * three
        + 5**2 * sees["5"] * five
    )
    macs = sum(weights for _ in range(height * width))
    return {"macs": macs, "weights": weights, "depth": one + three + five + projection}


def auxiliary_head(x, classes, name="auxiliary", conv_filters=128, units=1024):
    x = layers.AveragePooling2D(5, strides=3)(x)
    x = conv(x, conv_filters, 1)
    x = ops.relu(layers.Dense(units)(layers.Flatten()(x)))
    return ops.softmax(layers.Dense(classes)(layers.Dropout(0.7)(x)))


def googlenet(
    table=TABLE,
    stem=(64, 64, 192),
    classes=1000,
    input_shape=(224, 224, 3),
    auxiliary=False,
    head=(128, 1024),
):
    image = keras.Input(input_shape)
    x = ops.pad(image, [[0, 0], [3, 3], [3, 3], [0, 0]])
    x = largest(conv(x, stem[0], 7, 2, "valid"), 2)
    x = largest(conv(conv(x, stem[1], 1), stem[2], 3), 2)
    outputs = []
    for name in table:
        x = inception(x, table[name])
        if auxiliary and name in ("4a", "4d"):
            outputs += [auxiliary_head(x, classes, name, head[0], head[1])]
        if name in ("3b", "4e"):
            x = largest(x, 2)
    # The head as a 1 x 1 convolution on one pixel.
    x = ops.mean(x, axis=(1, 2), keepdims=True)
    x = layers.Conv2D(classes, 1)(layers.Dropout(0.4)(x))
    main = ops.softmax(layers.Flatten()(x))
    return keras.Model(image, [main, *outputs] if outputs else main)


def compile_with_heads(model, optimizer, weight=0.3, **options):
    loss_weights = [weight] * len(model.outputs)
    loss_weights[0] = 1.0
    losses = ["sparse_categorical_crossentropy" for _ in loss_weights]
    model.compile(optimizer, losses, loss_weights=loss_weights, **options)


def conv_bn(x, filters, kernel_size, name="conv"):
    x = layers.Conv2D(filters, kernel_size, padding="same", use_bias=False)(x)
    return ops.relu(layers.BatchNormalization()(x))


def inception_v2(x, filters, name="inception"):
    one, reduce3, three, reduce5, five, projection = filters
    pool = conv_bn(layers.MaxPooling2D(3, 1, "same")(x), projection, 1)
    five_by_five = conv_bn(conv_bn(x, reduce5, 1), five, 5)
    three_by_three = conv_bn(conv_bn(x, reduce3, 1), three, 3)
    branches = [pool, five_by_five, three_by_three, conv_bn(x, one, 1)]
    return ops.concatenate(branches, axis=-1)


def factorized_weights(n, channels):
    pairs = channels * channels
    return {
        "separable": channels * (n**2 + channels),
        "asymmetric": n * pairs + n * pairs,
        "stacked": sum(9 * pairs for _ in range(3, n + 1, 2)),
        "square": n**2 * pairs,
    }


def inception_v3(x, filters, name="mixed", n=None):
    one, a, single, b, double, projection = filters
    y, z = conv_bn(x, a, 1), conv_bn(x, b, 1)
    if n is None:
        y = conv_bn(y, single, 3)
        z = conv_bn(conv_bn(z, b, 3), double, 3)
    else:
        y = conv_bn(conv_bn(y, a, (1, n)), single, (n, 1))
        z = conv_bn(conv_bn(z, b, (n, 1)), b, (1, n))
        z = conv_bn(conv_bn(z, b, (n, 1)), double, (1, n))
    pool = conv_bn(layers.AveragePooling2D(3, 1, "same")(x), projection, 1)
    return ops.concatenate([pool, z, y, conv_bn(x, one, 1)], axis=-1)


def inception_resnet_block(x, filters, scale=0.17, name="block"):
    one, a, single, b, first, second = filters
    z = conv_bn(conv_bn(conv_bn(x, b, 1), first, 3), second, 3)
    y = conv_bn(conv_bn(x, a, 1), single, 3)
    maps = ops.concatenate([conv_bn(x, one, 1), z, y], axis=-1)
    up = layers.Conv2D(x.shape[-1], 1)(maps)
    return ops.relu(ops.add(ops.multiply(up, scale), x))


def xception_block(x, filters, shrink=False, name="block"):
    y = x
    for _ in range(2 if shrink else 3):
        y = layers.DepthwiseConv2D(3, padding="same", use_bias=False)(ops.relu(y))
        y = layers.BatchNormalization()(layers.Dense(filters, use_bias=False)(y))
    if shrink:
        y = layers.MaxPooling2D(3, 2, "same")(y)
        x = layers.BatchNormalization()(layers.Conv2D(filters, 1, 2, use_bias=False)(x))
    return y + x
