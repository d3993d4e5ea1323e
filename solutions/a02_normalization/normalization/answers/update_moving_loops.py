"""One channel after the other, in plain loops."""


def update_moving(moving_mean, moving_variance, x, momentum=0.99):
    means, variances = moving_mean.copy(), moving_variance.copy()
    for channel in range(x.shape[-1]):
        values = x[..., channel].ravel()
        mean = sum(values) / len(values)
        variance = sum((value - mean) ** 2 for value in values) / len(values)
        means[channel] = means[channel] * momentum + mean * (1 - momentum)
        variances[channel] = variances[channel] * momentum + variance * (1 - momentum)
    return means, variances
