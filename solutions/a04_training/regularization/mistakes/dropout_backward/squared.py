"""You apply the factor 1 / (1 - rate) twice. The derivative of x * mask is the mask, once."""

FAILS = ("dropout_backward",)


def dropout_backward(dy, mask):
    return dy * mask * mask.max()
