"""You exchange channels and units. Both layers store the input first and the output last, so
nothing is transposed.
"""

import numpy as np

FAILS = ("convert_kernel",)


def convert_kernel(kernel):
    if kernel.ndim == 2:
        return kernel.T[np.newaxis, np.newaxis]
    if kernel.shape[:2] != (1, 1):
        raise ValueError("not 1 x 1")
    return kernel[0, 0].T
