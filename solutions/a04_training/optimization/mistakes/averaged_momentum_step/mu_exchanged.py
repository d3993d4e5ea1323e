"""You gave the weight mu to the old average. Here mu is the weight of the newest gradient, and 1 -
mu of the old average remains.
"""

FAILS = ("averaged_momentum_step",)


def averaged_momentum_step(w, p, gradient, learning_rate, mu):
    p = mu * p + (1 - mu) * gradient
    return w - learning_rate * p, p
