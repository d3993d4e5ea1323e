"""You put ε under the root, as Keras does. Here it stands outside: np.sqrt(squares) + epsilon."""

import numpy as np

FAILS = ("adagrad_step",)


def adagrad_step(w, squares, gradient, learning_rate, epsilon=1e-7):
    squares = squares + gradient**2
    return w - learning_rate * gradient / np.sqrt(squares + epsilon), squares
