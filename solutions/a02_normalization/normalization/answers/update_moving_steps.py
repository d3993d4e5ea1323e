"""As a step from the old value towards the new one."""

import numpy as np


def update_moving(moving_mean, moving_variance, x, momentum=0.99):
    rows = x.reshape(-1, x.shape[-1])
    step = 1 - momentum
    mean_after = moving_mean + step * (np.average(rows, axis=0) - moving_mean)
    variance_after = moving_variance - step * (moving_variance - np.var(rows, axis=0))
    return [mean_after, variance_after]
