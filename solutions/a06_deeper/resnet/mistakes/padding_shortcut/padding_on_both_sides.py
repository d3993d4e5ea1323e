"""You put half of the zeros before the channels and half behind. The channels of the input
must stay the first ones: append all zeros behind them."""

from keras import ops

FAILS = ("padding_shortcut", "cifar_resnet")


def padding_shortcut(x, filters, strides=1):
    x = x[:, ::strides, ::strides]
    return ops.pad(
        x,
        [
            [0, 0],
            [0, 0],
            [0, 0],
            [(filters - x.shape[-1]) // 2, filters - x.shape[-1] - (filters - x.shape[-1]) // 2],
        ],
    )
