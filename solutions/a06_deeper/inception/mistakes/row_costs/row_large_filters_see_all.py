"""Your 3 × 3 and 5 × 5 filters see all input maps. They stand behind their reductions and see only
as many maps as these give.
"""

FAILS = ("row_costs",)


def row_costs(height, width, channels, filters):
    ones, reduce_threes, threes, reduce_fives, fives, projection = filters
    weights = channels * (ones + reduce_threes + reduce_fives + projection)
    weights += 9 * channels * threes + 25 * channels * fives
    return {
        "depth": ones + threes + fives + projection,
        "weights": weights,
        "macs": height * width * weights,
    }
