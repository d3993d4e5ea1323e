"""You average over windows when you subsample. Option A just keeps every second row and
column: `x[:, ::strides, ::strides]`."""

from keras import ops

FAILS = ("padding_shortcut", "cifar_resnet")


def padding_shortcut(x, filters, strides=1):
    if strides > 1:
        x = ops.average_pool(x, strides, strides, "same")
    return ops.pad(x, [[0, 0], [0, 0], [0, 0], [0, filters - x.shape[-1]]])
