"""Mistakes in `batchnorm_backward_simplified`."""

from autograder.checks import change

change(
    "count_is_batch",
    """
    mean_slope = np.mean(dout * x_hat, axis=axes)
    dx = gamma * inverse_deviation * (dout - dout.mean(axis=axes) - x_hat * mean_slope)
    return dx, np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    """,
    """
    dgamma, dbeta = np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    count = len(x_hat)
    inside = dout - dbeta / count - x_hat * dgamma / count
    return gamma * inverse_deviation * inside, dgamma, dbeta
    """,
    say="You divide by the batch size. For images a mean is over N · H · W values.",
)

change(
    "divided",
    """
    mean_slope = np.mean(dout * x_hat, axis=axes)
    dx = gamma * inverse_deviation * (dout - dout.mean(axis=axes) - x_hat * mean_slope)
    return dx, np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    """,
    """
    dgamma, dbeta = np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    count = x_hat.size / x_hat.shape[-1]
    inside = dout - dbeta / count - x_hat * dgamma / count
    return gamma / inverse_deviation * inside, dgamma, dbeta
    """,
    say=(
        "You divide by the inverse deviation. It is 1 / sqrt(variance + epsilon) already: multiply."
    ),
)

change(
    "gamma_forgotten",
    """
    mean_slope = np.mean(dout * x_hat, axis=axes)
    dx = gamma * inverse_deviation * (dout - dout.mean(axis=axes) - x_hat * mean_slope)
    return dx, np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    """,
    """
    dgamma, dbeta = np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    count = x_hat.size / x_hat.shape[-1]
    inside = dout - dbeta / count - x_hat * dgamma / count
    return inverse_deviation * inside, dgamma, dbeta
    """,
    say=(
        "You forgot gamma in dx. The whole bracket is multiplied by gamma and by the inverse "
        "deviation."
    ),
)

change(
    "mean_missing",
    """
    mean_slope = np.mean(dout * x_hat, axis=axes)
    dx = gamma * inverse_deviation * (dout - dout.mean(axis=axes) - x_hat * mean_slope)
    return dx, np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    """,
    """
    dgamma, dbeta = np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    count = x_hat.size / x_hat.shape[-1]
    inside = dout - x_hat * dgamma / count
    return gamma * inverse_deviation * inside, dgamma, dbeta
    """,
    say="The second term is missing: the mean of dout. It is what comes back through the mean.",
)

change(
    "slope_missing",
    """
    mean_slope = np.mean(dout * x_hat, axis=axes)
    dx = gamma * inverse_deviation * (dout - dout.mean(axis=axes) - x_hat * mean_slope)
    return dx, np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    """,
    """
    dgamma, dbeta = np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    count = x_hat.size / x_hat.shape[-1]
    inside = dout - dbeta / count
    return gamma * inverse_deviation * inside, dgamma, dbeta
    """,
    say=(
        "The third term is missing: x_hat times the mean of dout * x_hat. It is what comes back "
        "through the variance."
    ),
)

change(
    "sums_for_means",
    """
    mean_slope = np.mean(dout * x_hat, axis=axes)
    dx = gamma * inverse_deviation * (dout - dout.mean(axis=axes) - x_hat * mean_slope)
    return dx, np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    """,
    """
    dgamma, dbeta = np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    inside = dout - dbeta - x_hat * dgamma
    return gamma * inverse_deviation * inside, dgamma, dbeta
    """,
    say=(
        "The bracket holds sums where it needs means. Divide both by the number of values, N or N "
        "· H · W."
    ),
)

change(
    "x_hat_forgotten",
    """
    mean_slope = np.mean(dout * x_hat, axis=axes)
    dx = gamma * inverse_deviation * (dout - dout.mean(axis=axes) - x_hat * mean_slope)
    return dx, np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    """,
    """
    dgamma, dbeta = np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)
    count = x_hat.size / x_hat.shape[-1]
    inside = dout - dbeta / count - dgamma / count
    return gamma * inverse_deviation * inside, dgamma, dbeta
    """,
    say=(
        "The third term is a number for each feature: it lacks its x_hat. Multiply the mean of "
        "dout * x_hat by x_hat again."
    ),
)
