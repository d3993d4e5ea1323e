"""You square the sum 1 + slope. The two sides of zero never meet in one value: add their
squares, 1 + slope**2.
"""

FAILS = ("variance_factor",)


def variance_factor(fan_in, weight_std, slope=0.0):
    return fan_in * weight_std**2 * (1 + slope) ** 2 / 2
