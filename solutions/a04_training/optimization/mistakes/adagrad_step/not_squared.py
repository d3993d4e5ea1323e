"""You add up the gradients without squaring them, so that different signs cancel. Add gradient**2."""

import numpy as np

FAILS = ("adagrad_step",)


def adagrad_step(w, squares, gradient, learning_rate, epsilon=1e-7):
    squares = squares + gradient
    return w - learning_rate * gradient / (np.sqrt(np.abs(squares)) + epsilon), squares
