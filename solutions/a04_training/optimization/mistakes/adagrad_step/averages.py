"""You average the squares, as RMSProp does. AdaGrad adds them up: s + g²."""

import numpy as np

FAILS = ("adagrad_step",)


def adagrad_step(w, squares, gradient, learning_rate, epsilon=1e-7):
    squares = 0.9 * squares + 0.1 * gradient**2
    return w - learning_rate * gradient / (np.sqrt(squares) + epsilon), squares
