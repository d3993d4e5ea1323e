"""Mistakes in `batchnorm_backward`."""

from autograder.checks import change, instead


@instead(
    "by_differences",
    say=(
        "You let `numerical_gradient` do the work. Write the steps back through the graph yourself."
    ),
    hint=None,
)
def batchnorm_backward(dout, x, gamma, epsilon=1e-3):
    def forward(x, gamma, beta):
        return batchnorm_forward(x, gamma, beta, epsilon)[0]

    _, mean, variance = batchnorm_forward(x, gamma, 0 * gamma, epsilon)
    deviation = np.sqrt(variance + epsilon)
    axes = tuple(range(x.ndim - 1))
    dvariance = -np.sum(dout * gamma * (x - mean), axis=axes) / (2 * deviation**3)
    dmean = -np.sum(dout * gamma, axis=axes) / deviation
    dx = gradients.numerical_gradient(lambda x: forward(x, gamma, 0 * gamma), x, dout)
    dgamma = gradients.numerical_gradient(lambda gamma: forward(x, gamma, 0 * gamma), gamma, dout)
    return dout * gamma, dvariance, dmean, dx, dgamma, np.sum(dout, axis=axes)


change(
    "count_is_batch",
    "count = x.size // x.shape[-1]",
    "count = len(x)",
    say=(
        "Your m is the batch size. A mean of a channel is over N · H · W values, and that is the m "
        "to divide by."
    ),
)


@instead(
    "deviation_squared",
    say=(
        "You took s to the power 2 in dvariance. The derivative of v ** -0.5 is -0.5 * v ** -1.5, "
        "and s is v ** -0.5: that is s ** 3."
    ),
)
def batchnorm_backward(dout, x, gamma, epsilon=1e-3):
    axes = tuple(range(x.ndim - 1))
    count = np.prod(x.shape[:-1])
    centred = x - x.mean(axis=axes)
    s = 1 / np.sqrt(x.var(axis=axes) + epsilon)
    dgamma = np.sum(dout * centred * s, axis=axes)
    dbeta = np.sum(dout, axis=axes)
    dx_hat = dout * gamma
    dvariance = -0.5 * s**2 * np.sum(dx_hat * centred, axis=axes)
    dmean = -s * np.sum(dx_hat, axis=axes)
    dx = dx_hat * s + dvariance * 2 * centred / count + dmean / count
    return dx_hat, dvariance, dmean, dx, dgamma, dbeta


change(
    "dgamma_from_x",
    "dgamma = np.sum(dout * centred * inverse_deviation, axis=axes)",
    "dgamma = np.sum(dout * centred, axis=axes)",
    say=(
        "Your dgamma is a sum over dout * (x - mean). gamma multiplies x_hat, so divide by the "
        "standard deviation there."
    ),
)


@instead(
    "gamma_forgotten",
    say=(
        "Your dx_hat is dout itself. y = gamma * x_hat + beta, so the gradient is multiplied by "
        "gamma on its way back."
    ),
)
def batchnorm_backward(dout, x, gamma, epsilon=1e-3):
    axes = tuple(range(x.ndim - 1))
    count = np.prod(x.shape[:-1])
    centred = x - x.mean(axis=axes)
    s = 1 / np.sqrt(x.var(axis=axes) + epsilon)
    dgamma = np.sum(dout * centred * s, axis=axes)
    dbeta = np.sum(dout, axis=axes)
    dx_hat = dout.copy()
    dvariance = -0.5 * s**3 * np.sum(dx_hat * centred, axis=axes)
    dmean = -s * np.sum(dx_hat, axis=axes)
    dx = dx_hat * s + dvariance * 2 * centred / count + dmean / count
    return dx_hat, dvariance, dmean, dx, dgamma, dbeta


@instead(
    "half_forgotten",
    say="Your dvariance lacks the factor 1/2. The derivative of v ** -0.5 is -0.5 * v ** -1.5.",
)
def batchnorm_backward(dout, x, gamma, epsilon=1e-3):
    axes = tuple(range(x.ndim - 1))
    count = np.prod(x.shape[:-1])
    centred = x - x.mean(axis=axes)
    s = 1 / np.sqrt(x.var(axis=axes) + epsilon)
    dgamma = np.sum(dout * centred * s, axis=axes)
    dbeta = np.sum(dout, axis=axes)
    dx_hat = dout * gamma
    dvariance = -(s**3) * np.sum(dx_hat * centred, axis=axes)
    dmean = -s * np.sum(dx_hat, axis=axes)
    dx = dx_hat * s + dvariance * 2 * centred / count + dmean / count
    return dx_hat, dvariance, dmean, dx, dgamma, dbeta


@instead(
    "mean_path_missing",
    say="The way through the mean is missing in dx. Add dmean / m.",
)
def batchnorm_backward(dout, x, gamma, epsilon=1e-3):
    axes = tuple(range(x.ndim - 1))
    count = np.prod(x.shape[:-1])
    centred = x - x.mean(axis=axes)
    s = 1 / np.sqrt(x.var(axis=axes) + epsilon)
    dgamma = np.sum(dout * centred * s, axis=axes)
    dbeta = np.sum(dout, axis=axes)
    dx_hat = dout * gamma
    dvariance = -0.5 * s**3 * np.sum(dx_hat * centred, axis=axes)
    dmean = -s * np.sum(dx_hat, axis=axes)
    dx = dx_hat * s + dvariance * 2 * centred / count
    return dx_hat, dvariance, dmean, dx, dgamma, dbeta


@instead(
    "not_summed",
    say=(
        "You return dgamma and dbeta for each example. gamma and beta act on every example, so "
        "their gradients are summed over the batch (and over height and width)."
    ),
)
def batchnorm_backward(dout, x, gamma, epsilon=1e-3):
    axes = tuple(range(x.ndim - 1))
    count = np.prod(x.shape[:-1])
    centred = x - x.mean(axis=axes)
    s = 1 / np.sqrt(x.var(axis=axes) + epsilon)
    dgamma = dout * centred * s
    dbeta = dout
    dx_hat = dout * gamma
    dvariance = -0.5 * s**3 * np.sum(dx_hat * centred, axis=axes)
    dmean = -s * np.sum(dx_hat, axis=axes)
    dx = dx_hat * s + dvariance * 2 * centred / count + dmean / count
    return dx_hat, dvariance, dmean, dx, dgamma, dbeta


@instead(
    "statistics_constant",
    say=(
        "You treat mean and variance as constants. Both are computed from x, so two more terms "
        "flow back to it: through the variance and through the mean."
    ),
)
def batchnorm_backward(dout, x, gamma, epsilon=1e-3):
    axes = tuple(range(x.ndim - 1))
    centred = x - x.mean(axis=axes)
    s = 1 / np.sqrt(x.var(axis=axes) + epsilon)
    dgamma = np.sum(dout * centred * s, axis=axes)
    dbeta = np.sum(dout, axis=axes)
    dx_hat = dout * gamma
    dvariance = -0.5 * s**3 * np.sum(dx_hat * centred, axis=axes)
    dmean = -s * np.sum(dx_hat, axis=axes)
    dx = dx_hat * s
    return dx_hat, dvariance, dmean, dx, dgamma, dbeta


@instead(
    "summed_over_batch_only",
    say=(
        "You sum over the batch alone. For images the sums run over height and width too: over "
        "every axis but the last."
    ),
)
def batchnorm_backward(dout, x, gamma, epsilon=1e-3):
    axes = 0
    count = np.prod(x.shape[:-1])
    centred = x - x.mean(axis=tuple(range(x.ndim - 1)))
    s = 1 / np.sqrt(x.var(axis=tuple(range(x.ndim - 1))) + epsilon)
    dgamma = np.sum(dout * centred * s, axis=axes)
    dbeta = np.sum(dout, axis=axes)
    dx_hat = dout * gamma
    dvariance = -0.5 * s**3 * np.sum(dx_hat * centred, axis=axes)
    dmean = -s * np.sum(dx_hat, axis=axes)
    dx = dx_hat * s + dvariance * 2 * centred / count + dmean / count
    return dx_hat, dvariance, dmean, dx, dgamma, dbeta


@instead(
    "variance_path_missing",
    say="The way through the variance is missing in dx. Add dvariance * 2 (x - mean) / m.",
)
def batchnorm_backward(dout, x, gamma, epsilon=1e-3):
    axes = tuple(range(x.ndim - 1))
    count = np.prod(x.shape[:-1])
    centred = x - x.mean(axis=axes)
    s = 1 / np.sqrt(x.var(axis=axes) + epsilon)
    dgamma = np.sum(dout * centred * s, axis=axes)
    dbeta = np.sum(dout, axis=axes)
    dx_hat = dout * gamma
    dvariance = -0.5 * s**3 * np.sum(dx_hat * centred, axis=axes)
    dmean = -s * np.sum(dx_hat, axis=axes)
    dx = dx_hat * s + dmean / count
    return dx_hat, dvariance, dmean, dx, dgamma, dbeta


change(
    "dgamma_from_input",
    "dgamma = np.sum(dout * centred * inverse_deviation, axis=axes)",
    "dgamma = np.sum(dout * x, axis=axes)",
    say=("Your dgamma is a sum over dout * x. gamma multiplies x_hat: use the normalized values."),
)


change(
    "dvariance_sign",
    "dvariance = -0.5 *",
    "dvariance = 0.5 *",
    say=(
        "Your dvariance has the wrong sign. A larger variance makes x_hat smaller: -0.5 * s ** 3."
    ),
)


change(
    "dmean_sign",
    "dmean = -inverse_deviation * np.sum(dx_hat, axis=axes)",
    "dmean = inverse_deviation * np.sum(dx_hat, axis=axes)",
    say="Your dmean has the wrong sign. The mean is subtracted: -s * sum(dx_hat).",
)


change(
    "dmean_not_divided",
    "+ dmean / count",
    "+ dmean",
    say=("You add dmean to dx as it is. Each input has a share of 1 / m in the mean: divide by m."),
)


change(
    "dvariance_without_two",
    "dvariance * 2 * centred / count",
    "dvariance * centred / count",
    say="The factor 2 is missing in dx: the derivative of (x - mean) ** 2 is 2 (x - mean).",
)


change(
    "dvariance_not_divided",
    "dvariance * 2 * centred / count",
    "dvariance * 2 * centred",
    say=(
        "The way through the variance is not divided by m. Each input has a share of 1 / m in "
        "the variance."
    ),
)


change(
    "epsilon_fixed",
    "np.sqrt(np.mean(centred**2, axis=axes) + epsilon)",
    "np.sqrt(np.mean(centred**2, axis=axes) + 1e-3)",
    say="You always add 0.001 to the variance. Use the argument `epsilon`.",
)


change(
    "epsilon_forgotten",
    "np.sqrt(np.mean(centred**2, axis=axes) + epsilon)",
    "np.sqrt(np.mean(centred**2, axis=axes))",
    say="You forgot epsilon under the root: s = 1 / sqrt(variance + epsilon).",
)


change(
    "dvariance_from_dout",
    "np.sum(dx_hat * centred, axis=axes)",
    "np.sum(dout * centred, axis=axes)",
    say="Your dvariance is a sum over dout. It is made from dx_hat, which has gamma in it.",
)


change(
    "dmean_from_dout",
    "dmean = -inverse_deviation * np.sum(dx_hat, axis=axes)",
    "dmean = -inverse_deviation * np.sum(dout, axis=axes)",
    say="Your dmean is a sum over dout. It is made from dx_hat, which has gamma in it.",
)


change(
    "dgamma_mean",
    "dgamma = np.sum(dout * centred * inverse_deviation, axis=axes)",
    "dgamma = np.mean(dout * centred * inverse_deviation, axis=axes)",
    "dbeta = np.sum(dout, axis=axes)",
    "dbeta = np.mean(dout, axis=axes)",
    say="You take means for dgamma and dbeta. Every value of a feature adds its share: sums.",
)


change(
    "dx_hat_divided",
    "dx_hat * inverse_deviation + dvariance",
    "dx_hat / inverse_deviation + dvariance",
    say="You divide dx_hat by s. s is 1 / sqrt(variance + epsilon) already: multiply.",
)


change(
    "dx_first",
    "return dx_hat, dvariance, dmean, dx, dgamma, dbeta",
    "return dx, dgamma, dbeta",
    say=(
        "You return three of the six gradients. The order is dx_hat, dvariance, dmean, dx, "
        "dgamma, dbeta."
    ),
)
