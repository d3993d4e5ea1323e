"""Your global mean sends the whole gradient to every pixel. Each had a share of 1 / (H W) in the
mean: divide by it.
"""

import numpy as np

FAILS = ("global_pool_backward",)


def global_pool_backward(dout, x, kind):
    upstream = dout[:, np.newaxis, np.newaxis, :]
    if kind == "mean":
        return np.ones(x.shape) * upstream
    backward = {"max": max_pool_backward, "l2": l2_pool_backward}[kind]
    return backward(upstream, x, x.shape[1:3], 1)
