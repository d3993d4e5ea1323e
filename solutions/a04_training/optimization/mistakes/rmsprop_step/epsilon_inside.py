"""You put ε under the root, as Keras does. Here it stands outside: np.sqrt(squares) + epsilon."""

import numpy as np

FAILS = ("rmsprop_step",)


def rmsprop_step(w, squares, gradient, learning_rate, rho=0.9, epsilon=1e-7):
    squares = rho * squares + (1 - rho) * gradient**2
    return w - learning_rate * gradient / np.sqrt(squares + epsilon), squares
