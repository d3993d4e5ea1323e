"""Your momentum stands on the wrong side. It is the share of the old value that is kept:
momentum * moving + (1 - momentum) * batch.
"""

FAILS = ("update_moving",)


def update_moving(moving_mean, moving_variance, x, momentum=0.99):
    axes = tuple(range(x.ndim - 1))
    mean, variance = x.mean(axis=axes), x.var(axis=axes)
    new_mean = (1 - momentum) * moving_mean + momentum * mean
    new_variance = (1 - momentum) * moving_variance + momentum * variance
    return new_mean, new_variance
