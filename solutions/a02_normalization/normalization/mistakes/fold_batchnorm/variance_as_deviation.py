"""You divide by the moving variance. Take its root, with epsilon under it."""

FAILS = ("fold_batchnorm",)


def fold_batchnorm(kernel, bias, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    scale = gamma / (moving_variance + epsilon)
    return kernel * scale, beta + (bias - moving_mean) * scale
