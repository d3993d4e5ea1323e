"""You put the reductions after the large filters: these still see all the input maps. Reduce
first, then the 3 × 3 and the 5 × 5 work on n maps.
"""

FAILS = ("inception_macs",)


def inception_macs(height, width, channels, filters, reduction=None):
    ones, threes, fives = filters
    pixels = height * width
    after_3x3 = 0 if reduction is None else pixels * threes * reduction
    after_5x5 = 0 if reduction is None else pixels * fives * reduction
    branches = {
        "1x1": pixels * channels * ones,
        "3x3": pixels * 9 * channels * threes + after_3x3,
        "5x5": pixels * 25 * channels * fives + after_5x5,
        "pool": 0 if reduction is None else pixels * channels * reduction,
    }
    return {**branches, "total": sum(branches.values())}
