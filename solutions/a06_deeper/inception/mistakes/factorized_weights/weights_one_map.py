"""You count the weights for one input map. Each of the C filters looks at all C maps: multiply by
C².
"""

FAILS = ("factorized_weights",)


def factorized_weights(n, channels):
    squared = channels
    return {
        "square": n * n * squared,
        "stacked": (n - 1) // 2 * 9 * squared,
        "asymmetric": 2 * n * squared,
        "separable": n * n * channels + squared,
    }
