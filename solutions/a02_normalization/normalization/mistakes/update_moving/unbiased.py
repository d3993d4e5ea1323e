"""You put the variance with N - 1 into the average. Use the same variance as in the forward
pass, divided by N.
"""

FAILS = ("update_moving",)


def update_moving(moving_mean, moving_variance, x, momentum=0.99):
    axes = tuple(range(x.ndim - 1))
    mean, variance = x.mean(axis=axes), x.var(axis=axes, ddof=1)
    new_mean = momentum * moving_mean + (1 - momentum) * mean
    new_variance = momentum * moving_variance + (1 - momentum) * variance
    return new_mean, new_variance
