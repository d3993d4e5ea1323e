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

change(
    "dgamma_from_x",
    "np.sum(dout * x_hat, axis=axes), np.sum",
    "np.sum(dout * x_hat / inverse_deviation, axis=axes), np.sum",
    say="Your dgamma is made from x - mean. gamma multiplies x_hat: sum(dout * x_hat).",
)


change(
    "slope_sign",
    "x_hat * mean_slope)",
    "-x_hat * mean_slope)",
    say="The third term has the wrong sign: both means are subtracted from dout.",
)


change(
    "inverse_deviation_forgotten",
    "dx = gamma * inverse_deviation *",
    "dx = gamma *",
    say=(
        "You forgot s in dx. The whole bracket is multiplied by gamma and by the inverse deviation."
    ),
)


change(
    "for_each_pixel",
    "axes = tuple(range(x_hat.ndim - 1))",
    "axes = 0",
    say=(
        "You average over the batch alone. For images the means run over height and width "
        "too: over every axis but the last."
    ),
)


change(
    "means_for_sums",
    "np.sum(dout * x_hat, axis=axes), np.sum(dout, axis=axes)",
    "mean_slope, np.mean(dout, axis=axes)",
    say="Your dgamma and dbeta are means. Every value of a feature adds its share: sums.",
)


change(
    "gamma_in_dgamma",
    "np.sum(dout * x_hat, axis=axes), np.sum",
    "np.sum(gamma * dout * x_hat, axis=axes), np.sum",
    say="You multiply dgamma by gamma. The slope of gamma * x_hat in gamma is x_hat alone.",
)


change(
    "variance_of_the_line",
    "x_hat * mean_slope)",
    "x_hat * mean_slope / np.mean(x_hat**2, axis=axes))",
    say=(
        "You divide the slope by the mean square of x_hat. That is 1 only where epsilon is 0: "
        "leave the division out."
    ),
)
