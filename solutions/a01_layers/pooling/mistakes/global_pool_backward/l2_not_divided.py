"""Your global L2 leaves out the factor 1 / (H W). The derivative is x / (n y) with n = H W pixels."""

import numpy as np

FAILS = ("global_pool_backward",)


def global_pool_backward(dout, x, kind):
    upstream = dout[:, np.newaxis, np.newaxis, :]
    y = np.sqrt((x**2).mean(axis=(1, 2), keepdims=True))
    if kind == "l2":
        return upstream * x / np.where(y > 0, y, 1)
    backward = {"max": max_pool_backward, "mean": mean_pool_backward}[kind]
    return backward(upstream, x, x.shape[1:3], 1)
