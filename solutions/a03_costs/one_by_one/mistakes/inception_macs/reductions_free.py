"""You count the reductions as free. Each is a 1 × 1 convolution on all input maps and belongs to
its branch.
"""

FAILS = ("inception_macs",)


def inception_macs(height, width, channels, filters, reduction=None):
    ones, threes, fives = filters
    pixels = height * width
    depth = channels if reduction is None else reduction
    branches = {
        "1x1": pixels * channels * ones,
        "3x3": pixels * 9 * depth * threes,
        "5x5": pixels * 25 * depth * fives,
        "pool": 0,
    }
    return {**branches, "total": sum(branches.values())}
