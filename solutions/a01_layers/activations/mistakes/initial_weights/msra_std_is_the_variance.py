"""2 / fan-in is the variance. The standard deviation is its root."""

FAILS = ("initial_weights",)


def msra_std(shape):
    return 2 / fans(shape)[0]
