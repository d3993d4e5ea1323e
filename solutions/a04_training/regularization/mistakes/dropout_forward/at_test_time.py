"""You drop values at test time too, so the answer of the network would be random. Return x and a
mask of ones when `training` is False.
"""

FAILS = ("dropout_forward",)


def dropout_forward(x, rate, uniform, training=True):
    mask = (uniform >= rate) / (1 - rate)
    return x * mask, mask
