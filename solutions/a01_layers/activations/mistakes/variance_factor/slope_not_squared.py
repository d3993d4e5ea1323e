"""You use the slope as it is. The mean square of slope * z has the slope squared."""

FAILS = ("variance_factor",)


def variance_factor(fan_in, weight_std, slope=0.0):
    return fan_in * weight_std**2 * (1 + slope) / 2
