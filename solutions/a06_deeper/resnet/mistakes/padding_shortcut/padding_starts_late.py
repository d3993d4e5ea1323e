"""You skip the first row and column. Keep numbers 0, s, 2s and so on: the slice starts at the
beginning, `::strides`."""

from keras import ops

FAILS = ("padding_shortcut", "cifar_resnet")


def padding_shortcut(x, filters, strides=1):
    x = x[:, strides - 1 :: strides, strides - 1 :: strides]
    return ops.pad(x, [[0, 0], [0, 0], [0, 0], [0, filters - x.shape[-1]]])
