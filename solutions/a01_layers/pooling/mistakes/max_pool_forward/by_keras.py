"""You let Keras do the pooling. Write it yourself: walk over the windows and take the maximum of
each.
"""

import keras

FAILS = ("max_pool_forward", "unchanged_fraction")
# Not a wrong value: the grader names the call.
HINT = None


def max_pool_forward(x, kernel_size, stride, ceil=False):
    return keras.ops.max_pool(x, kernel_size, stride)
