"""Mistakes in `update_moving`."""

from autograder.checks import change

change(
    "about_the_moving_mean",
    """
    new_mean = momentum * moving_mean + (1 - momentum) * x.mean(axis=axes)
    new_variance = momentum * moving_variance + (1 - momentum) * x.var(axis=axes)
    """,
    """
    mean, variance = x.mean(axis=axes), np.mean((x - moving_mean) ** 2, axis=axes)
    new_mean = momentum * moving_mean + (1 - momentum) * mean
    new_variance = momentum * moving_variance + (1 - momentum) * variance
    """,
    say=(
        "You take the variance about the moving mean. It is the batch's variance, about the "
        "batch's own mean."
    ),
)

change(
    "added",
    """
    new_mean = momentum * moving_mean + (1 - momentum) * x.mean(axis=axes)
    new_variance = momentum * moving_variance + (1 - momentum) * x.var(axis=axes)
    """,
    """
    mean, variance = x.mean(axis=axes), x.var(axis=axes)
    new_mean = moving_mean + (1 - momentum) * mean
    new_variance = moving_variance + (1 - momentum) * variance
    """,
    say=(
        "You add the new value without taking away from the old one. The two weights must add up "
        "to 1: momentum * moving + (1 - momentum) * batch."
    ),
)

change(
    "deviation",
    """
    new_mean = momentum * moving_mean + (1 - momentum) * x.mean(axis=axes)
    new_variance = momentum * moving_variance + (1 - momentum) * x.var(axis=axes)
    """,
    """
    mean, variance = x.mean(axis=axes), x.std(axis=axes)
    new_mean = momentum * moving_mean + (1 - momentum) * mean
    new_variance = momentum * moving_variance + (1 - momentum) * variance
    """,
    say=(
        "You average the standard deviation. The moving variance averages variances; the root is "
        "taken when it is used."
    ),
)

change(
    "mean_only",
    """
    new_mean = momentum * moving_mean + (1 - momentum) * x.mean(axis=axes)
    new_variance = momentum * moving_variance + (1 - momentum) * x.var(axis=axes)
    """,
    """
    mean = x.mean(axis=axes)
    new_mean = momentum * moving_mean + (1 - momentum) * mean
    new_variance = moving_variance
    """,
    say="You update the mean alone. The variance has a moving average in the same way.",
)

change(
    "unbiased",
    """
    new_mean = momentum * moving_mean + (1 - momentum) * x.mean(axis=axes)
    new_variance = momentum * moving_variance + (1 - momentum) * x.var(axis=axes)
    """,
    """
    mean, variance = x.mean(axis=axes), x.var(axis=axes, ddof=1)
    new_mean = momentum * moving_mean + (1 - momentum) * mean
    new_variance = momentum * moving_variance + (1 - momentum) * variance
    """,
    say=(
        "You put the variance with N - 1 into the average. Use the same variance as in the forward "
        "pass, divided by N."
    ),
)

change(
    "wrong_side",
    """
    new_mean = momentum * moving_mean + (1 - momentum) * x.mean(axis=axes)
    new_variance = momentum * moving_variance + (1 - momentum) * x.var(axis=axes)
    """,
    """
    mean, variance = x.mean(axis=axes), x.var(axis=axes)
    new_mean = (1 - momentum) * moving_mean + momentum * mean
    new_variance = (1 - momentum) * moving_variance + momentum * variance
    """,
    say=(
        "Your momentum stands on the wrong side. It is the share of the old value that is kept: "
        "momentum * moving + (1 - momentum) * batch."
    ),
)
