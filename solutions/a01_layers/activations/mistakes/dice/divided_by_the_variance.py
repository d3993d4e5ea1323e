"""You divide by the variance. The root is missing: divide by sqrt(variance + epsilon)."""

FAILS = ("dice",)


def dice(s, alpha, mean=None, variance=None, epsilon=1e-8):
    others = tuple(range(s.ndim - 1))
    if mean is None:
        mean, variance = s.mean(axis=others), s.var(axis=others)
    p = sigmoid((s - mean) / (variance + epsilon))
    return p * s + (1 - p) * alpha * s
