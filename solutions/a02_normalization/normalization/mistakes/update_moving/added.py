"""You add the new value without taking away from the old one. The two weights must add up to 1:
momentum * moving + (1 - momentum) * batch.
"""

FAILS = ("update_moving",)


def update_moving(moving_mean, moving_variance, x, momentum=0.99):
    axes = tuple(range(x.ndim - 1))
    mean, variance = x.mean(axis=axes), x.var(axis=axes)
    new_mean = moving_mean + (1 - momentum) * mean
    new_variance = moving_variance + (1 - momentum) * variance
    return new_mean, new_variance
