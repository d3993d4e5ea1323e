"""ReLU as layers and operations, zeros padded by hand, branches of `if` written out; sums by
loops."""

import keras
from keras import layers

from course_lib import costs


def relu_conv(x, count, side, strides=1, pad=0, groups=1):
    if pad:
        x = layers.ZeroPadding2D(((pad, pad), (pad, pad)))(x)
    return keras.ops.relu(layers.Conv2D(count, (side, side), strides, groups=groups)(x))


def pool(x, over=False):
    if over:
        x = layers.ZeroPadding2D(((0, 1), (0, 1)))(x)
    return layers.MaxPool2D((3, 3), (2, 2))(x)


def head(x, units, classes, dropped=True, kept=2):
    x = layers.Reshape((-1,))(x)
    for _ in range(kept):
        x = layers.Activation("relu")(layers.Dense(units)(x))
        if dropped:
            x = layers.Dropout(0.5)(x)
    return layers.Dense(classes)(x)


def build_alexnet_64(
    input_shape=(227, 227, 3), filters=(64, 192, 384, 256, 256), units=4096, classes=1000
):
    image = keras.Input(input_shape)
    x = pool(relu_conv(image, filters[0], 11, 4, pad=2))
    x = pool(relu_conv(x, filters[1], 5, pad=2))
    for count in filters[2:]:
        x = relu_conv(x, count, 3, pad=1)
    return keras.Model(image, head(pool(x), units, classes, dropped=False))


def build_alexnet(
    input_shape=(227, 227, 3),
    filters=(96, 256, 384, 384, 256),
    units=4096,
    classes=1000,
    groups=1,
    without=(),
):
    image = keras.Input(input_shape)
    x = LocalResponseNormalization()(pool(relu_conv(image, filters[0], 11, 4)))
    x = LocalResponseNormalization()(pool(relu_conv(x, filters[1], 5, pad=2, groups=groups)))
    if "conv3" not in without:
        x = relu_conv(x, filters[2], 3, pad=1)
    if "conv4" not in without:
        x = relu_conv(x, filters[3], 3, pad=1, groups=groups)
    x = pool(relu_conv(x, filters[4], 3, pad=1, groups=groups))
    kept = ("fc6" not in without) + ("fc7" not in without)
    return keras.Model(image, head(x, units, classes, kept=kept))


def build_zfnet(
    input_shape=(224, 224, 3), filters=(96, 256, 384, 384, 256), units=4096, classes=1000
):
    image = keras.Input(input_shape)
    x = pool(relu_conv(image, filters[0], 7, 2, pad=1), over=True)
    x = LocalResponseNormalization()(x)
    x = LocalResponseNormalization()(pool(relu_conv(x, filters[1], 5, 2), over=True))
    for count in filters[2:]:
        x = relu_conv(x, count, 3, pad=1)
    return keras.Model(image, head(pool(x), units, classes))


def grouped_cost(side, channels, filters, groups, pixels):
    parameters = macs = 0
    for _ in range(groups):
        weights = side**2 * channels // groups * filters // groups
        parameters += weights + filters // groups
        macs += weights * pixels
    return {"macs": macs, "parameters": parameters}


def parameters_saved(without, groups=2):
    builders = (
        lambda: build_alexnet(groups=groups, without=without),
        lambda: build_alexnet(groups=groups),
    )
    less, all_of_them = (costs.count(builder).parameters for builder in builders)
    return all_of_them - less
