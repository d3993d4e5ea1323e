"""You count each multiply-add of the module as two operations. On the slide it is one."""

FAILS = ("inception_macs",)


def inception_macs(height, width, channels, filters, reduction=None):
    ones, threes, fives = filters
    pixels = 2 * height * width
    reduce = 0 if reduction is None else pixels * channels * reduction
    depth = channels if reduction is None else reduction
    branches = {
        "1x1": pixels * channels * ones,
        "3x3": reduce + pixels * 9 * depth * threes,
        "5x5": reduce + pixels * 25 * depth * fives,
        "pool": reduce,
    }
    return {**branches, "total": sum(branches.values())}
