"""You let the gradient through where values were kept, but without the factor 1 / (1 - rate) that
they got. It is in the mask already: multiply by the mask as it is.
"""

import numpy as np

FAILS = ("dropout_backward",)


def dropout_backward(dy, mask):
    return np.where(mask > 0, dy, 0)
