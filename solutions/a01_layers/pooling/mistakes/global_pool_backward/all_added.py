"""You add up the gradients of all images and channels before you send them back. Each channel of
each image has a gradient of its own: dout[b, c] goes to the pixels of x[b, :, :, c].
"""

import numpy as np

FAILS = ("global_pool_backward",)


def global_pool_backward(dout, x, kind):
    backward = {"max": max_pool_backward, "mean": mean_pool_backward, "l2": l2_pool_backward}[kind]
    total = np.full((x.shape[0], 1, 1, x.shape[3]), dout.sum())
    return backward(total, x, x.shape[1:3], 1)
