"""You exchanged ρ and 1 - ρ. ρ = 0.9 is the part of the old average that is kept."""

import numpy as np

FAILS = ("rmsprop_step",)


def rmsprop_step(w, squares, gradient, learning_rate, rho=0.9, epsilon=1e-7):
    squares = (1 - rho) * squares + rho * gradient**2
    return w - learning_rate * gradient / (np.sqrt(squares) + epsilon), squares
