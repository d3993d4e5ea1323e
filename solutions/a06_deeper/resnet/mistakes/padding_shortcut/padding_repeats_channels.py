"""You fill the new channels with copies of the old ones. Option A fills them with zeros, so
that they come from the branch alone."""

from keras import ops

FAILS = ("padding_shortcut", "cifar_resnet")


def padding_shortcut(x, filters, strides=1):
    x = x[:, ::strides, ::strides]
    copies = -(-filters // x.shape[-1])
    return ops.concatenate([x] * copies, axis=-1)[..., :filters]
