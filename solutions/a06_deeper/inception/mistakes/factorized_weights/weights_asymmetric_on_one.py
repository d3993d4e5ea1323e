"""You count one of the two asymmetric filters. n × 1 and 1 × n have n weights each."""

FAILS = ("factorized_weights",)


def factorized_weights(n, channels):
    squared = channels**2
    return {
        "square": n * n * squared,
        "stacked": (n - 1) // 2 * 9 * squared,
        "asymmetric": n * squared,
        "separable": n * n * channels + squared,
    }
