"""You update the mean alone. The variance has a moving average in the same way."""

FAILS = ("update_moving",)


def update_moving(moving_mean, moving_variance, x, momentum=0.99):
    axes = tuple(range(x.ndim - 1))
    mean = x.mean(axis=axes)
    new_mean = momentum * moving_mean + (1 - momentum) * mean
    new_variance = moving_variance
    return new_mean, new_variance
