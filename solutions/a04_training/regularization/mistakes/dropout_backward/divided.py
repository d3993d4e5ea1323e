"""You divide by the mask where values were kept. y = x * mask, so the gradient is multiplied by
it, just as x was.
"""

import numpy as np

FAILS = ("dropout_backward",)


def dropout_backward(dy, mask):
    return np.where(mask > 0, dy / np.where(mask > 0, mask, 1), 0)
