"""You count 3 and 5 weights for the window. It has 3 × 3 and 5 × 5 of them."""

FAILS = ("inception_macs",)


def inception_macs(height, width, channels, filters, reduction=None):
    ones, threes, fives = filters
    pixels = height * width
    reduce = 0 if reduction is None else pixels * channels * reduction
    depth = channels if reduction is None else reduction
    branches = {
        "1x1": pixels * channels * ones,
        "3x3": reduce + pixels * 3 * depth * threes,
        "5x5": reduce + pixels * 5 * depth * fives,
        "pool": reduce,
    }
    return {**branches, "total": sum(branches.values())}
