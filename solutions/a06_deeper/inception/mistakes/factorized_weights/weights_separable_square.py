"""Your depthwise part has a filter for each pair of maps. It has one for each map: n² C weights,
then C² for the 1 × 1.
"""

FAILS = ("factorized_weights",)


def factorized_weights(n, channels):
    squared = channels**2
    return {
        "square": n * n * squared,
        "stacked": (n - 1) // 2 * 9 * squared,
        "asymmetric": 2 * n * squared,
        "separable": n * n * squared + squared,
    }
