"""As a product of equal subscripts."""

import numpy as np


def dropout_backward(dy, mask):
    return np.einsum("...,...->...", dy, mask)
