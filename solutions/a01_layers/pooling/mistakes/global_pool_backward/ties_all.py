"""Your global maximum sends the gradient to every pixel that equals it. The first one in reading
order takes all of it.
"""

import numpy as np

FAILS = ("global_pool_backward",)


def global_pool_backward(dout, x, kind):
    upstream = dout[:, np.newaxis, np.newaxis, :]
    if kind == "max":
        return (x == x.max(axis=(1, 2), keepdims=True)) * upstream
    backward = {"mean": mean_pool_backward, "l2": l2_pool_backward}[kind]
    return backward(upstream, x, x.shape[1:3], 1)
