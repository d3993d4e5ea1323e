"""You take the variance about the moving mean. It is the batch's variance, about the batch's
own mean.
"""

import numpy as np

FAILS = ("update_moving",)


def update_moving(moving_mean, moving_variance, x, momentum=0.99):
    axes = tuple(range(x.ndim - 1))
    mean, variance = x.mean(axis=axes), np.mean((x - moving_mean) ** 2, axis=axes)
    new_mean = momentum * moving_mean + (1 - momentum) * mean
    new_variance = momentum * moving_variance + (1 - momentum) * variance
    return new_mean, new_variance
