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

change(
    "returns_only_y",
    "return gamma * x_hat + beta, mean, variance",
    "return gamma * x_hat + beta",
    say="You return the output alone. Three results are asked for: output, mean, variance.",
)


change(
    "gamma_alone",
    "return gamma * x_hat + beta, mean, variance",
    "return gamma * x_hat, mean, variance",
    say="The shift is missing: the output is gamma * x_hat + beta.",
)


change(
    "epsilon_fixed",
    "np.sqrt(variance + epsilon)",
    "np.sqrt(variance + 1e-3)",
    say="You always add 0.001 to the variance. Use the argument `epsilon`.",
)


change(
    "epsilon_in_the_variance",
    "return gamma * x_hat + beta, mean, variance",
    "return gamma * x_hat + beta, mean, variance + epsilon",
    say=(
        "The variance that you return has epsilon in it. Return it as it is, and add epsilon "
        "under the root only."
    ),
)


change(
    "beta_inside",
    "return gamma * x_hat + beta, mean, variance",
    "return gamma * (x_hat + beta), mean, variance",
    say="You multiply beta by gamma. It is added afterwards: gamma * x_hat + beta.",
)


change(
    "statistics_keep_dims",
    """
    return gamma * x_hat + beta, mean, variance
    """,
    """
    shape = (1,) * (x.ndim - 1) + (-1,)
    return gamma * x_hat + beta, mean.reshape(shape), variance.reshape(shape)
    """,
    say=(
        "Your mean and variance keep axes of length 1. They have the shape of gamma: leave "
        "out `keepdims`."
    ),
)


change(
    "not_centred",
    "x_hat = (x - mean) / np.sqrt(variance + epsilon)",
    "x_hat = x / np.sqrt(variance + epsilon)",
    say="You do not subtract the mean: (x - mean) / sqrt(variance + epsilon).",
)


change(
    "mean_square",
    "variance = np.mean((x - mean) ** 2, axis=axes)",
    "variance = np.mean(x**2, axis=axes)",
    say=(
        "Your variance is the mean of the squares. Subtract the mean first: the mean of (x - "
        "mean) ** 2."
    ),
)


change(
    "absolute_deviation",
    "variance = np.mean((x - mean) ** 2, axis=axes)",
    "variance = np.mean(np.abs(x - mean), axis=axes)",
    say="You average absolute differences. The variance averages their squares.",
)


change(
    "over_height_and_width",
    "axes = tuple(range(x.ndim - 1))",
    "axes = (1, 2) if x.ndim == 4 else 0",
    "x_hat = (x - mean) / np.sqrt(variance + epsilon)",
    "x_hat = (x - x.mean(axis=axes, keepdims=True)) / np.sqrt(x.var(axis=axes, keepdims=True) + epsilon)",
    "variance = np.mean((x - mean) ** 2, axis=axes)",
    "variance = x.var(axis=axes)",
    say=(
        "Your statistics are those of each image. A channel of the whole batch has one mean: "
        "average over axis 0, too."
    ),
)


change(
    "sum_for_mean",
    "mean = x.mean(axis=axes)",
    "mean = x.sum(axis=axes)",
    say="Your mean is a sum. Divide by the number of values.",
)
