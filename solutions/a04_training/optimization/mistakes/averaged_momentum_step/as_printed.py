"""This is the recipe as printed, and it climbs. Let p have the sign of the gradient: + mu *
gradient in its line.
"""

FAILS = ("averaged_momentum_step",)


def averaged_momentum_step(w, p, gradient, learning_rate, mu):
    p = (1 - mu) * p - mu * gradient
    return w - learning_rate * p, p
