"""You put the two axes of length 1 at the end. In a Keras kernel the window comes first: `(1, 1,
channels, filters)`.
"""

import numpy as np

FAILS = ("convert_kernel",)


def convert_kernel(kernel):
    if kernel.ndim == 2:
        return kernel[:, :, np.newaxis, np.newaxis]
    if kernel.shape[:2] != (1, 1):
        raise ValueError("not 1 x 1")
    return kernel[0, 0]
