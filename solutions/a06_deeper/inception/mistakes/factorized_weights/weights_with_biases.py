"""You count biases. The question is about weights alone."""

FAILS = ("factorized_weights",)


def factorized_weights(n, channels):
    squared = channels**2
    return {
        "square": n * n * squared + channels,
        "stacked": (n - 1) // 2 * (9 * squared + channels),
        "asymmetric": 2 * (n * squared + channels),
        "separable": n * n * channels + squared + channels,
    }
