"""The pair as a list of NumPy integers."""

import numpy as np


def same_padding(width, kernel, stride=1):
    last_start = (int(np.ceil(width / stride)) - 1) * stride
    total = np.maximum(last_start + kernel - width, 0)
    return [total // 2, (total + 1) // 2]
