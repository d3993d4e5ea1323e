"""You multiply by the side of the filter once. A filter of 5 × 5 has 25 weights for each map."""

FAILS = ("row_costs",)


def row_costs(height, width, channels, filters):
    ones, reduce_threes, threes, reduce_fives, fives, projection = filters
    weights = channels * (ones + reduce_threes + reduce_fives + projection)
    weights += 3 * reduce_threes * threes + 5 * reduce_fives * fives
    return {
        "depth": ones + threes + fives + projection,
        "weights": weights,
        "macs": height * width * weights,
    }
