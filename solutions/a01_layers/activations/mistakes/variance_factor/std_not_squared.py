"""You use the standard deviation where the variance belongs. Square weight_std."""

FAILS = ("variance_factor",)


def variance_factor(fan_in, weight_std, slope=0.0):
    return fan_in * weight_std * (1 + slope**2) / 2
