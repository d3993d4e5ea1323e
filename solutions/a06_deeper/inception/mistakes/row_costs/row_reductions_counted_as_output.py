"""Your depth counts the reductions as well. Only the last convolution of each branch is
concatenated.
"""

FAILS = ("row_costs",)


def row_costs(height, width, channels, filters):
    ones, reduce_threes, threes, reduce_fives, fives, projection = filters
    weights = channels * (ones + reduce_threes + reduce_fives + projection)
    weights += 9 * reduce_threes * threes + 25 * reduce_fives * fives
    return {
        "depth": sum(filters),
        "weights": weights,
        "macs": height * width * weights,
    }
