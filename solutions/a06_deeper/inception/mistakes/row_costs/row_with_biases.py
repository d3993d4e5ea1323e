"""You count the biases. This column of the table has weights only."""

FAILS = ("row_costs",)


def row_costs(height, width, channels, filters):
    ones, reduce_threes, threes, reduce_fives, fives, projection = filters
    weights = channels * (ones + reduce_threes + reduce_fives + projection)
    weights += 9 * reduce_threes * threes + 25 * reduce_fives * fives
    weights += sum(filters)
    return {
        "depth": ones + threes + fives + projection,
        "weights": weights,
        "macs": height * width * weights,
    }
