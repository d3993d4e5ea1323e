"""Mistakes in `batchnorm_inference`."""

from autograder.checks import change

change(
    "batch_mean",
    """
    return gamma * (x - moving_mean) / np.sqrt(moving_variance + epsilon) + beta
    """,
    """
    x_hat = (x - x.mean(axis=tuple(range(x.ndim - 1)))) / np.sqrt(moving_variance + epsilon)
    return gamma * x_hat + beta
    """,
    say=(
        "You subtract the mean of the batch and divide by the moving deviation. Both statistics "
        "are the moving ones."
    ),
)

change(
    "batch_statistics",
    """
    return gamma * (x - moving_mean) / np.sqrt(moving_variance + epsilon) + beta
    """,
    """
    axes = tuple(range(x.ndim - 1))
    x_hat = (x - x.mean(axis=axes)) / np.sqrt(x.var(axis=axes) + epsilon)
    return gamma * x_hat + beta
    """,
    say=(
        "You normalize with the statistics of the batch. At test time the moving ones are used, so "
        "that an example does not depend on its neighbours."
    ),
)

change(
    "epsilon_forgotten",
    """
    return gamma * (x - moving_mean) / np.sqrt(moving_variance + epsilon) + beta
    """,
    """
    x_hat = (x - moving_mean) / np.sqrt(moving_variance)
    return gamma * x_hat + beta
    """,
    say=(
        "You forgot epsilon. Training divides by sqrt(variance + epsilon), so inference must do it "
        "too."
    ),
)

change(
    "epsilon_outside",
    """
    return gamma * (x - moving_mean) / np.sqrt(moving_variance + epsilon) + beta
    """,
    """
    x_hat = (x - moving_mean) / (np.sqrt(moving_variance) + epsilon)
    return gamma * x_hat + beta
    """,
    say=(
        "Your epsilon stands outside the root. Add it to the moving variance first and take the "
        "root of the sum."
    ),
)

change(
    "variance_as_deviation",
    """
    return gamma * (x - moving_mean) / np.sqrt(moving_variance + epsilon) + beta
    """,
    """
    x_hat = (x - moving_mean) / (moving_variance + epsilon)
    return gamma * x_hat + beta
    """,
    say=(
        "You divide by the moving variance. What is stored is the variance: add epsilon and take "
        "the root before you divide."
    ),
)

change(
    "epsilon_fixed",
    "np.sqrt(moving_variance + epsilon)",
    "np.sqrt(moving_variance + 1e-3)",
    say="You always add 0.001 to the variance. Use the argument `epsilon`.",
)


change(
    "deviation_of_the_batch",
    "np.sqrt(moving_variance + epsilon)",
    "np.sqrt(x.var(axis=tuple(range(x.ndim - 1))) + epsilon)",
    say="You divide by the deviation of the batch. Both statistics are the moving ones.",
)


change(
    "scale_and_shift_forgotten",
    "return gamma * (x - moving_mean) / np.sqrt(moving_variance + epsilon) + beta",
    "return (x - moving_mean) / np.sqrt(moving_variance + epsilon)",
    say="Scale and shift are missing: gamma * (...) + beta.",
)


change(
    "beta_inside",
    "return gamma * (x - moving_mean) / np.sqrt(moving_variance + epsilon) + beta",
    "return gamma * ((x - moving_mean) / np.sqrt(moving_variance + epsilon) + beta)",
    say="You multiply beta by gamma. It is added afterwards.",
)


change(
    "mean_not_divided",
    "return gamma * (x - moving_mean) / np.sqrt(moving_variance + epsilon) + beta",
    "return gamma * x / np.sqrt(moving_variance + epsilon) - moving_mean + beta",
    say=(
        "You divide before you subtract the mean. Subtract it first: (x - mean) / "
        "sqrt(variance + epsilon)."
    ),
)


change(
    "gamma_forgotten",
    "return gamma * (x - moving_mean)",
    "return (x - moving_mean)",
    say="The scale is missing: multiply by gamma.",
)


change(
    "beta_forgotten",
    "np.sqrt(moving_variance + epsilon) + beta",
    "np.sqrt(moving_variance + epsilon)",
    say="The shift is missing: add beta.",
)
