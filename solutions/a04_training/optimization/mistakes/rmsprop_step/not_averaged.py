"""You add the whole new square to ρ times the old average. In an average its weight is 1 - ρ."""

import numpy as np

FAILS = ("rmsprop_step",)


def rmsprop_step(w, squares, gradient, learning_rate, rho=0.9, epsilon=1e-7):
    squares = rho * squares + gradient**2
    return w - learning_rate * gradient / (np.sqrt(squares) + epsilon), squares
