"""Branches and parts as nested `Sequential` models, put together at the end."""

import keras
from keras import layers


def stack(x, *steps):
    """Layers one after another, as a model of their own, on x."""
    return keras.Sequential([keras.Input(x.shape[1:]), *steps])(x)


def plain(filters, size, **options):
    return layers.Conv2D(filters, size, padding="same", activation="relu", **options)


def inception(x, filters, name="inception"):
    one, reduce3, three, reduce5, five, projection = filters
    return layers.concatenate(
        [
            stack(x, plain(one, 1)),
            stack(x, layers.MaxPool2D(3, 1, "same"), plain(projection, 1)),
            stack(x, plain(reduce3, 1), plain(three, 3)),
            stack(x, plain(reduce5, 1), plain(five, 5)),
        ]
    )


def auxiliary_head(x, classes, name="auxiliary", conv_filters=128, units=1024):
    return stack(
        x,
        layers.AvgPool2D((5, 5), (3, 3), "valid"),
        layers.Conv2D(conv_filters, 1),
        layers.Activation("relu"),
        layers.Flatten(),
        layers.Dense(units),
        layers.Activation("relu"),
        layers.Dropout(0.7),
        layers.Dense(classes),
        layers.Softmax(),
    )


def row_costs(height, width, channels, filters):
    one, reduce3, three, reduce5, five, projection = filters
    branches = [
        [(1, channels, one)],
        [(1, channels, reduce3), (3, reduce3, three)],
        [(1, channels, reduce5), (5, reduce5, five)],
        [(1, channels, projection)],
    ]
    weights = sum(k * k * a * b for branch in branches for k, a, b in branch)
    depth = sum(branch[-1][-1] for branch in branches)
    return {"depth": depth, "weights": weights, "macs": weights * width * height}


def googlenet(
    table=TABLE,
    stem=(64, 64, 192),
    classes=1000,
    input_shape=(224, 224, 3),
    auxiliary=False,
    head=(128, 1024),
):
    def halving():
        return [layers.ZeroPadding2D(1), layers.MaxPool2D(3, 2)]

    def modules(shape, names):
        inputs = keras.Input(shape)
        x = inputs
        for name in names:
            x = inception(x, table[name])
        return keras.Model(inputs, x)

    names = list(table)
    image = keras.Input(input_shape)
    x = stack(
        image,
        layers.ZeroPadding2D(3),
        plain_valid(stem[0], 7, 2),
        *halving(),
        plain(stem[1], 1),
        plain(stem[2], 3),
        *halving(),
    )
    x = modules(x.shape[1:], names[:2])(x)
    x = stack(x, *halving())
    first = modules(x.shape[1:], names[2:3])(x)
    second = modules(first.shape[1:], names[3:6])(first)
    x = modules(second.shape[1:], names[6:7])(second)
    x = stack(x, *halving())
    x = modules(x.shape[1:], names[7:])(x)
    main = stack(
        x,
        layers.GlobalAvgPool2D(),
        layers.Dropout(0.4),
        layers.Dense(classes, activation="softmax"),
    )
    if not auxiliary:
        return keras.Model(image, main)
    heads = [
        auxiliary_head(tap, classes, conv_filters=head[0], units=head[1]) for tap in (first, second)
    ]
    return keras.Model(image, [main, *heads])


def plain_valid(filters, size, strides):
    return layers.Conv2D(filters, size, strides, activation=keras.activations.relu)


def compile_with_heads(model, optimizer, weight=0.3, **options):
    model.compile(
        optimizer=optimizer,
        loss=[keras.losses.SparseCategoricalCrossentropy() for _ in model.outputs],
        loss_weights=[weight if number else 1 for number, _ in enumerate(model.outputs)],
        **options,
    )


def unit(filters, size):
    return [
        layers.Conv2D(filters, size, padding="same", use_bias=False),
        layers.BatchNormalization(),
        layers.Activation("relu"),
    ]


def conv_bn(x, filters, kernel_size, name="conv"):
    return stack(x, *unit(filters, kernel_size))


def inception_v2(x, filters, name="inception"):
    one, reduce3, three, reduce5, five, projection = filters
    return layers.concatenate(
        [
            stack(x, *unit(reduce5, 1), *unit(five, 5)),
            stack(x, *unit(reduce3, 1), *unit(three, 3)),
            stack(x, layers.MaxPool2D(3, 1, "same"), *unit(projection, 1)),
            stack(x, *unit(one, 1)),
        ]
    )


def factorized_weights(n, channels):
    def layer(height, width):
        return height * width * channels * channels

    seen, stacked = 3, layer(3, 3)
    while seen < n:
        seen, stacked = seen + 2, stacked + layer(3, 3)
    return {
        "square": layer(n, n),
        "stacked": stacked,
        "asymmetric": layer(n, 1) + layer(1, n),
        "separable": n**2 * channels + layer(1, 1),
    }


def inception_v3(x, filters, name="mixed", n=None):
    one, a, single, b, double, projection = filters
    if n is None:
        singles, doubles = unit(single, 3), unit(b, 3) + unit(double, 3)
    else:
        tall, wide = (n, 1), (1, n)
        singles = unit(a, wide) + unit(single, tall)
        doubles = unit(b, tall) + unit(b, wide) + unit(b, tall) + unit(double, wide)
    return layers.concatenate(
        [
            stack(x, *unit(a, 1), *singles),
            stack(x, *unit(one, 1)),
            stack(x, layers.AvgPool2D(3, 1, "same"), *unit(projection, 1)),
            stack(x, *unit(b, 1), *doubles),
        ]
    )


def inception_resnet_block(x, filters, scale=0.17, name="block"):
    one, a, single, b, first, second = filters
    maps = layers.concatenate(
        [
            stack(x, *unit(b, 1), *unit(first, 3), *unit(second, 3)),
            stack(x, *unit(one, 1)),
            stack(x, *unit(a, 1), *unit(single, 3)),
        ]
    )
    correction = stack(maps, layers.Conv2D(x.shape[-1], (1, 1)), layers.Rescaling(scale))
    return layers.Activation("relu")(layers.add([correction, x]))


def xception_block(x, filters, shrink=False, name="block"):
    def pair():
        return [
            layers.Activation("relu"),
            layers.SeparableConv2D(filters, (3, 3), padding="same", use_bias=False),
            layers.BatchNormalization(),
        ]

    if not shrink:
        return layers.add([stack(x, *pair(), *pair(), *pair()), x])
    shortcut = stack(x, layers.Conv2D(filters, 1, 2, use_bias=False), layers.BatchNormalization())
    return layers.add([stack(x, *pair(), *pair(), layers.MaxPool2D(3, 2, "same")), shortcut])
