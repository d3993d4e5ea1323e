"""You count a multiplication and an addition as two. In this course, and in the table, one
multiply-add is one operation.
"""

FAILS = ("row_costs",)


def row_costs(height, width, channels, filters):
    ones, reduce_threes, threes, reduce_fives, fives, projection = filters
    weights = channels * (ones + reduce_threes + reduce_fives + projection)
    weights += 9 * reduce_threes * threes + 25 * reduce_fives * fives
    return {
        "depth": ones + threes + fives + projection,
        "weights": weights,
        "macs": 2 * height * width * weights,
    }
