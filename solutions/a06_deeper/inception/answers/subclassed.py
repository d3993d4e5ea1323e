"""Every block a layer class of its own, GoogLeNet a subclassed model."""

import keras
from keras import layers


class Branches(layers.Layer):
    """Lists of layers side by side, concatenated."""

    def __init__(self, *branches):
        super().__init__()
        self.branches = [keras.Sequential(branch) for branch in branches]

    def call(self, x):
        return keras.ops.concatenate([branch(x) for branch in self.branches], axis=-1)


def convolution(filters, size):
    return layers.Conv2D(filters, size, padding="same", activation="relu")


def module(filters):
    one, reduce3, three, reduce5, five, projection = filters
    return Branches(
        [layers.MaxPooling2D(3, 1, "same"), convolution(projection, 1)],
        [convolution(reduce5, 1), convolution(five, 5)],
        [convolution(reduce3, 1), convolution(three, 3)],
        [convolution(one, 1)],
    )


def inception(x, filters, name="inception"):
    return module(filters)(x)


class Head(layers.Layer):
    """An auxiliary classifier."""

    def __init__(self, classes, conv_filters=128, units=1024):
        super().__init__()
        self.pool = layers.AveragePooling2D(5, 3)
        self.conv = layers.Conv2D(conv_filters, 1)
        self.flatten = layers.Flatten()
        self.hidden = layers.Dense(units)
        self.dropout = layers.Dropout(0.7)
        self.last = layers.Dense(classes)

    def call(self, x):
        x = keras.ops.relu(self.conv(self.pool(x)))
        x = keras.ops.relu(self.hidden(self.flatten(x)))
        return keras.ops.softmax(self.last(self.dropout(x)))


def auxiliary_head(x, classes, name="auxiliary", conv_filters=128, units=1024):
    return Head(classes, conv_filters, units)(x)


class GoogLeNet(keras.Model):
    """All layers made first, then called."""

    def __init__(self, table, stem, classes, auxiliary, head):
        super().__init__()
        self.stem = keras.Sequential(
            [
                layers.ZeroPadding2D(3),
                layers.Conv2D(stem[0], 7, 2, activation="relu"),
                layers.ZeroPadding2D(1),
                layers.MaxPooling2D(3, 2),
                convolution(stem[1], 1),
                convolution(stem[2], 3),
                layers.ZeroPadding2D(1),
                layers.MaxPooling2D(3, 2),
            ]
        )
        self.names = list(table)
        self.modules = [module(filters) for filters in table.values()]
        self.pads = [layers.ZeroPadding2D(1) for _ in range(2)]
        self.pools = [layers.MaxPooling2D(3, 2) for _ in range(2)]
        self.heads = [Head(classes, *head) for _ in range(2)] if auxiliary else []
        self.average = layers.GlobalAveragePooling2D()
        self.dropout = layers.Dropout(0.4)
        self.linear = layers.Dense(classes, activation="softmax")

    def call(self, x):
        x = self.stem(x)
        taps = []
        for name, block in zip(self.names, self.modules, strict=True):
            if name in ("4a", "5a"):
                number = ("4a", "5a").index(name)
                x = self.pools[number](self.pads[number](x))
            x = block(x)
            if name in ("4a", "4d"):
                taps.append(x)
        main = self.linear(self.dropout(self.average(x)))
        if not self.heads:
            return main
        return [main] + [head(tap) for head, tap in zip(self.heads, taps, strict=True)]


def googlenet(
    table=TABLE,
    stem=(64, 64, 192),
    classes=1000,
    input_shape=(224, 224, 3),
    auxiliary=False,
    head=(128, 1024),
):
    return GoogLeNet(table, stem, classes, auxiliary, head)


class Unit(layers.Layer):
    """Convolution, normalization, ReLU."""

    def __init__(self, filters, kernel_size):
        super().__init__()
        self.conv = layers.Conv2D(filters, kernel_size, padding="same", use_bias=False)
        self.norm = layers.BatchNormalization()

    def call(self, x):
        return keras.ops.relu(self.norm(self.conv(x)))


def conv_bn(x, filters, kernel_size, name="conv"):
    return Unit(filters, kernel_size)(x)


def inception_v2(x, filters, name="inception"):
    one, reduce3, three, reduce5, five, projection = filters
    return Branches(
        [Unit(one, 1)],
        [Unit(reduce5, 1), Unit(five, 5)],
        [Unit(reduce3, 1), Unit(three, 3)],
        [layers.MaxPooling2D(3, 1, "same"), Unit(projection, 1)],
    )(x)


def inception_v3(x, filters, name="mixed", n=None):
    one, a, single, b, double, projection = filters
    if n is None:
        singles, doubles = [Unit(single, 3)], [Unit(b, 3), Unit(double, 3)]
    else:
        singles = [Unit(a, (1, n)), Unit(single, (n, 1))]
        doubles = [Unit(b, (n, 1)), Unit(b, (1, n)), Unit(b, (n, 1)), Unit(double, (1, n))]
    return Branches(
        [layers.AveragePooling2D(3, 1, "same"), Unit(projection, 1)],
        [Unit(b, 1), *doubles],
        [Unit(a, 1), *singles],
        [Unit(one, 1)],
    )(x)


class ResidualBlock(layers.Layer):
    """ReLU(x + scale F(x))."""

    def __init__(self, channels, filters, scale):
        super().__init__()
        one, a, single, b, first, second = filters
        self.branches = Branches(
            [Unit(b, 1), Unit(first, 3), Unit(second, 3)],
            [Unit(a, 1), Unit(single, 3)],
            [Unit(one, 1)],
        )
        self.up = layers.Conv2D(channels, 1)
        self.scaled = layers.Rescaling(scale)

    def call(self, x):
        return keras.ops.relu(x + self.scaled(self.up(self.branches(x))))


def inception_resnet_block(x, filters, scale=0.17, name="block"):
    return ResidualBlock(x.shape[-1], filters, scale)(x)


class Pairs(layers.Layer):
    """A block of Xception."""

    def __init__(self, filters, shrink):
        super().__init__()
        self.count = 2 if shrink else 3
        self.depthwise = [
            layers.DepthwiseConv2D(3, padding="same", use_bias=False) for _ in range(self.count)
        ]
        self.pointwise = [layers.Conv2D(filters, 1, use_bias=False) for _ in range(self.count)]
        self.norms = [layers.BatchNormalization() for _ in range(self.count)]
        self.pool = layers.MaxPooling2D(3, 2, "same") if shrink else None
        self.shortcut = layers.Conv2D(filters, 1, 2, use_bias=False) if shrink else None
        self.shortcut_norm = layers.BatchNormalization() if shrink else None

    def call(self, x):
        y = x
        for depthwise, pointwise, norm in zip(
            self.depthwise, self.pointwise, self.norms, strict=True
        ):
            y = norm(pointwise(depthwise(keras.ops.relu(y))))
        if self.pool is not None:
            return self.shortcut_norm(self.shortcut(x)) + self.pool(y)
        return x + y


def xception_block(x, filters, shrink=False, name="block"):
    return Pairs(filters, shrink)(x)
