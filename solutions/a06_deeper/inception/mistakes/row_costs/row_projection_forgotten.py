"""You forget the 1 × 1 convolution after the pooling. Pooling itself has no weights, its
projection has.
"""

FAILS = ("row_costs",)


def row_costs(height, width, channels, filters):
    ones, reduce_threes, threes, reduce_fives, fives, projection = filters
    weights = channels * (ones + reduce_threes + reduce_fives)
    weights += 9 * reduce_threes * threes + 25 * reduce_fives * fives
    return {
        "depth": ones + threes + fives + projection,
        "weights": weights,
        "macs": height * width * weights,
    }
