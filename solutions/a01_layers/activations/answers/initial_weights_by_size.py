"""The fans from the number of weights; the limit from the variance."""


def fans(shape):
    weights = 1
    for size in shape:
        weights *= size
    return weights // shape[-1], weights // shape[-2]


def msra_std(shape):
    return (2 / fans(shape)[0]) ** 0.5


def xavier_limit(shape):
    variance = 2 / (fans(shape)[0] + fans(shape)[1])
    return (3 * variance) ** 0.5


def variance_factor(fan_in, weight_std, slope=0.0):
    return 0.5 * fan_in * (weight_std**2 + (slope * weight_std) ** 2)


def dead_units(activations):
    rows = activations.reshape(-1, activations.shape[-1])
    alive = sum(1 for column in rows.T if any(value > 0 for value in column))
    return 1 - alive / rows.shape[1]
