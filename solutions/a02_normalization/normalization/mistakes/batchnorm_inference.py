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
