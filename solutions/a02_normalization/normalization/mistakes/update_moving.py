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

change(
    "momentum_fixed",
    "new_mean = momentum * moving_mean + (1 - momentum) * x.mean(axis=axes)",
    "new_mean = 0.99 * moving_mean + 0.01 * x.mean(axis=axes)",
    "new_variance = momentum * moving_variance + (1 - momentum) * x.var(axis=axes)",
    "new_variance = 0.99 * moving_variance + 0.01 * x.var(axis=axes)",
    say="You always keep 0.99. Use the argument `momentum`.",
)


change(
    "for_each_pixel",
    "axes = tuple(range(x.ndim - 1))",
    "axes = 0",
    say=(
        "You average over the batch alone, so every pixel has a mean of its own. Average over "
        "all axes but the last."
    ),
)


change(
    "one_mean_for_all",
    "axes = tuple(range(x.ndim - 1))",
    "axes = None",
    say=(
        "You take one mean over everything. Each feature or channel has its own: average over "
        "all axes but the last."
    ),
)


change(
    "in_place",
    "new_mean = momentum * moving_mean + (1 - momentum) * x.mean(axis=axes)",
    "moving_mean *= momentum",
    "new_variance = momentum * moving_variance + (1 - momentum) * x.var(axis=axes)",
    "moving_variance *= momentum",
    """
    return new_mean, new_variance
    """,
    """
    moving_mean += (1 - momentum) * x.mean(axis=axes)
    moving_variance += (1 - momentum) * x.var(axis=axes)
    return moving_mean, moving_variance
    """,
    say="You write the new averages into the arrays that you were given. Return new arrays.",
    hint="Work on a copy (`x = x.copy()`), or use operations that return a new array.",
)


change(
    "batch_only",
    "return new_mean, new_variance",
    "return x.mean(axis=axes), x.var(axis=axes)",
    say=(
        "You return the batch's own statistics. Average them with the moving ones: momentum * "
        "moving + (1 - momentum) * batch."
    ),
    hint="Work on a copy (`x = x.copy()`), or use operations that return a new array.",
)


change(
    "variance_first",
    "return new_mean, new_variance",
    "return new_variance, new_mean",
    say="You return the variance first. The order is mean, variance.",
)


change(
    "one_side",
    "new_mean = momentum * moving_mean + (1 - momentum) * x.mean(axis=axes)",
    "new_mean = momentum * moving_mean + x.mean(axis=axes)",
    "new_variance = momentum * moving_variance + (1 - momentum) * x.var(axis=axes)",
    "new_variance = momentum * moving_variance + x.var(axis=axes)",
    say=(
        "You add the whole new value. Its weight is 1 - momentum, so that the two weights add "
        "up to 1."
    ),
)
