"""Subclassed models with blocks of their own; each piece of an image by `take`, windows by running
sums."""

import keras
from keras import layers

from course_lib import costs


class Block(keras.layers.Layer):
    """Convolution, ReLU, and what may follow: pooling, normalization."""

    def __init__(self, count, side, strides=1, pad="same", groups=1, pool=None, norm=False):
        super().__init__()
        self.before = layers.ZeroPadding2D(pad) if isinstance(pad, int) else None
        mode = "valid" if isinstance(pad, int) else pad
        self.conv = layers.Conv2D(count, side, strides, padding=mode, groups=groups)
        self.pool = layers.MaxPooling2D(3, 2, padding=pool) if pool else None
        self.norm = LocalResponseNormalization() if norm else None

    def call(self, x):
        if self.before is not None:
            x = self.before(x)
        x = keras.ops.relu(self.conv(x))
        for step in (self.pool, self.norm):
            if step is not None:
                x = step(x)
        return x


class Net(keras.Model):
    """Blocks, then a classifier."""

    def __init__(self, blocks, hidden, units, classes, rate):
        super().__init__()
        self.blocks = blocks
        self.hidden = [layers.Dense(units, activation="relu") for _ in range(hidden)]
        self.drops = [layers.Dropout(rate) for _ in range(hidden)]
        self.last = layers.Dense(classes)

    def call(self, x, training=False):
        for block in self.blocks:
            x = block(x)
        x = keras.ops.reshape(x, (-1, x.shape[1] * x.shape[2] * x.shape[3]))
        for dense, drop in zip(self.hidden, self.drops, strict=True):
            x = drop(dense(x), training=training)
        return self.last(x)


def called(net, input_shape):
    net(keras.Input(input_shape))
    return net


def build_alexnet_64(
    input_shape=(227, 227, 3), filters=(64, 192, 384, 256, 256), units=4096, classes=1000
):
    blocks = [
        Block(filters[0], 11, 4, pad=2, pool="valid"),
        Block(filters[1], 5, pool="valid"),
        Block(filters[2], 3),
        Block(filters[3], 3),
        Block(filters[4], 3, pool="valid"),
    ]
    return called(Net(blocks, 2, units, classes, 0.0), input_shape)


def build_alexnet(
    input_shape=(227, 227, 3),
    filters=(96, 256, 384, 384, 256),
    units=4096,
    classes=1000,
    groups=1,
    without=(),
):
    blocks = {
        "conv1": Block(filters[0], 11, 4, pad="valid", pool="valid", norm=True),
        "conv2": Block(filters[1], 5, groups=groups, pool="valid", norm=True),
        "conv3": Block(filters[2], 3),
        "conv4": Block(filters[3], 3, groups=groups),
        "conv5": Block(filters[4], 3, groups=groups, pool="valid"),
    }
    kept = [block for name, block in blocks.items() if name not in without]
    hidden = len({"fc6", "fc7"} - set(without))
    return called(Net(kept, hidden, units, classes, 0.5), input_shape)


def build_zfnet(
    input_shape=(224, 224, 3), filters=(96, 256, 384, 384, 256), units=4096, classes=1000
):
    blocks = [
        Block(filters[0], 7, 2, pad=1, pool="same", norm=True),
        Block(filters[1], 5, 2, pad="valid", pool="same", norm=True),
        Block(filters[2], 3),
        Block(filters[3], 3),
        Block(filters[4], 3, pool="valid"),
    ]
    return called(Net(blocks, 2, units, classes, 0.5), input_shape)


class GroupedConv2D(keras.layers.Layer):
    """One kernel for each GPU, cut out of the whole when called; bias by broadcasting."""

    def __init__(self, filters, kernel_size, strides=1, padding="valid", groups=1, **options):
        super().__init__(**options)
        self.filters = filters
        self.kernel_size = tuple(kernel_size)
        self.options = {"strides": strides, "padding": padding}
        self.groups = groups

    def build(self, input_shape):
        inside = input_shape[-1] // self.groups
        self.kernel = self.add_weight(shape=(*self.kernel_size, inside, self.filters))
        self.bias = self.add_weight(shape=(self.filters,))

    def call(self, x):
        if self.groups == 1:
            return keras.ops.conv(x, self.kernel, **self.options) + self.bias
        inside, each = x.shape[-1] // self.groups, self.filters // self.groups
        gpus = range(self.groups)
        y = keras.ops.conv(x[..., :inside], self.kernel[..., :each], **self.options)
        for gpu in gpus[1:]:
            maps = keras.ops.take(x, range(gpu * inside, (gpu + 1) * inside), axis=-1)
            kernel = keras.ops.take(self.kernel, range(gpu * each, (gpu + 1) * each), axis=-1)
            y = keras.ops.append(y, keras.ops.conv(maps, kernel, **self.options), axis=-1)
        return y + keras.ops.reshape(self.bias, (1, 1, 1, -1))

    def get_config(self):
        config = super().get_config()
        config.update(filters=self.filters, kernel_size=self.kernel_size, groups=self.groups)
        config.update(self.options)
        return config


def parameters_saved(without, groups=2):
    counts = [
        costs.count(lambda gone=gone: build_alexnet(groups=groups, without=gone)).parameters
        for gone in ((), without)
    ]
    return counts[0] - counts[1]
