"""The division by 2 is missing. Each side of zero holds half of the mean square."""

FAILS = ("variance_factor",)


def variance_factor(fan_in, weight_std, slope=0.0):
    return fan_in * weight_std**2 * (1 + slope**2)
