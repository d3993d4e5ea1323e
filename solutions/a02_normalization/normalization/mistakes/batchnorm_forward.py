"""Mistakes in `batchnorm_forward`."""

from autograder.checks import change, instead

change(
    "deviation_returned",
    """
    mean = x.mean(axis=axes)
    variance = np.mean((x - mean) ** 2, axis=axes)
    x_hat = (x - mean) / np.sqrt(variance + epsilon)
    return gamma * x_hat + beta, mean, variance
    """,
    """
    mean = np.mean(x, axis=axes)
    variance = np.var(x, axis=axes)
    y = gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    return y, mean, np.sqrt(variance)
    """,
    say=(
        "You return the standard deviation as the third result. The variance is asked for, before "
        "the root and without epsilon."
    ),
)

change(
    "epsilon_forgotten",
    """
    mean = x.mean(axis=axes)
    variance = np.mean((x - mean) ** 2, axis=axes)
    x_hat = (x - mean) / np.sqrt(variance + epsilon)
    return gamma * x_hat + beta, mean, variance
    """,
    """
    mean = np.mean(x, axis=axes)
    variance = np.var(x, axis=axes)
    y = gamma * (x - mean) / np.sqrt(variance) + beta
    return y, mean, variance
    """,
    say=(
        "You forgot epsilon. Without it a feature that hardly varies is divided by nearly zero: "
        "divide by sqrt(variance + epsilon)."
    ),
)

change(
    "epsilon_outside",
    """
    mean = x.mean(axis=axes)
    variance = np.mean((x - mean) ** 2, axis=axes)
    x_hat = (x - mean) / np.sqrt(variance + epsilon)
    return gamma * x_hat + beta, mean, variance
    """,
    """
    mean = np.mean(x, axis=axes)
    variance = np.var(x, axis=axes)
    y = gamma * (x - mean) / (np.sqrt(variance) + epsilon) + beta
    return y, mean, variance
    """,
    say=(
        "Your epsilon stands outside the root. Add it to the variance first, sqrt(variance + "
        "epsilon), and take the root of the sum."
    ),
)

change(
    "for_each_pixel",
    "axes = tuple(range(x.ndim - 1))",
    "axes = 0",
    say=(
        "You average over the batch alone, so every pixel has statistics of its own. A channel's "
        "mean is over the batch, the height and the width: over all axes but the last."
    ),
)


@instead(
    "one_mean_for_all",
    say=(
        "You have one mean for everything. Each feature or channel needs its own: average over all "
        "axes but the last."
    ),
)
def batchnorm_forward(x, gamma, beta, epsilon=1e-3):
    mean = np.full(x.shape[-1], np.mean(x))
    variance = np.full(x.shape[-1], np.var(x))
    y = gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    return y, mean, variance


change(
    "scale_and_shift_forgotten",
    """
    mean = x.mean(axis=axes)
    variance = np.mean((x - mean) ** 2, axis=axes)
    x_hat = (x - mean) / np.sqrt(variance + epsilon)
    return gamma * x_hat + beta, mean, variance
    """,
    """
    mean = np.mean(x, axis=axes)
    variance = np.var(x, axis=axes)
    y = (x - mean) / np.sqrt(variance + epsilon)
    return y, mean, variance
    """,
    say="You return x_hat: scale and shift are missing. The output is gamma * x_hat + beta.",
)

change(
    "unbiased",
    "variance = np.mean((x - mean) ** 2, axis=axes)",
    "variance = np.var(x, axis=axes, ddof=1)",
    say=(
        "You divide the variance by N - 1. Batch normalization divides by N: use `np.var(x)` as it "
        "is, without `ddof=1`."
    ),
)

change(
    "without_root",
    """
    mean = x.mean(axis=axes)
    variance = np.mean((x - mean) ** 2, axis=axes)
    x_hat = (x - mean) / np.sqrt(variance + epsilon)
    return gamma * x_hat + beta, mean, variance
    """,
    """
    mean = np.mean(x, axis=axes)
    variance = np.var(x, axis=axes)
    y = gamma * (x - mean) / (variance + epsilon) + beta
    return y, mean, variance
    """,
    say=(
        "You divide by the variance. Divide by its root, the standard deviation, or the output has "
        "not the variance 1."
    ),
)
