"""Your pool branch has no 1 × 1 unit. It follows the average pooling."""

import keras

FAILS = ("inception_v3",)


def inception_v3(x, filters, name="mixed", n=None):
    ones, reduce_single, single, reduce_double, double, _projection = filters
    singles = [3] if n is None else [(1, n), (n, 1)]
    doubles = [3, 3] if n is None else [(n, 1), (1, n), (n, 1), (1, n)]

    def branch(reduction, maps, kernels, label):
        y = conv_bn(x, reduction, 1, f"{name}_{label}_reduce")
        for number, kernel in enumerate(kernels, 1):
            width = maps if number == len(kernels) else reduction
            y = conv_bn(y, width, kernel, f"{name}_{label}_{number}")
        return y

    pool = keras.layers.AveragePooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)
    branches = [
        conv_bn(x, ones, 1, f"{name}_one"),
        branch(reduce_single, single, singles, "single"),
        branch(reduce_double, double, doubles, "double"),
        pool,
    ]
    return keras.layers.Concatenate(name=f"{name}_concat")(branches)
