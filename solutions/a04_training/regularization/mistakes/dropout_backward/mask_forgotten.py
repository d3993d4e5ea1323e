"""You pass the gradient on unchanged. A value that was dropped did not reach the output, so its
gradient is 0: multiply by the mask.
"""

FAILS = ("dropout_backward",)


def dropout_backward(dy, mask):
    return dy
