"""You always stack two filters of 3 × 3. Two see 5 × 5 pixels; a larger filter needs more, (n - 1)
/ 2 of them.
"""

FAILS = ("factorized_weights",)


def factorized_weights(n, channels):
    squared = channels**2
    return {
        "square": n * n * squared,
        "stacked": 2 * 9 * squared,
        "asymmetric": 2 * n * squared,
        "separable": n * n * channels + squared,
    }
