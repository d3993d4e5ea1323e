"""You take the top left weights of a larger kernel and drop the rest. Only a 1 × 1 convolution is
a dense layer at every pixel: raise a ValueError for any other.
"""

import numpy as np

FAILS = ("convert_kernel",)
HINT = None


def convert_kernel(kernel):
    return kernel[np.newaxis, np.newaxis] if kernel.ndim == 2 else kernel[0, 0]
