"""Your zeros come before the channels of the input. Append them behind: `[0, missing]` for the
last axis, not `[missing, 0]`."""

from keras import ops

FAILS = ("padding_shortcut", "cifar_resnet")


def padding_shortcut(x, filters, strides=1):
    x = x[:, ::strides, ::strides]
    return ops.pad(x, [[0, 0], [0, 0], [0, 0], [filters - x.shape[-1], 0]])
