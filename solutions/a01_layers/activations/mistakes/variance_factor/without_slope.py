"""You leave out the slope, which is right for plain ReLU only. On the negative side slope**2 of
the mean square remains.
"""

FAILS = ("variance_factor",)


def variance_factor(fan_in, weight_std, slope=0.0):
    return fan_in * weight_std**2 / 2
