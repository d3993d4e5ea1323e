"""You average the standard deviation. The moving variance averages variances; the root is taken
when it is used.
"""

FAILS = ("update_moving",)


def update_moving(moving_mean, moving_variance, x, momentum=0.99):
    axes = tuple(range(x.ndim - 1))
    mean, variance = x.mean(axis=axes), x.std(axis=axes)
    new_mean = momentum * moving_mean + (1 - momentum) * mean
    new_variance = momentum * moving_variance + (1 - momentum) * variance
    return new_mean, new_variance
