"""A power in place of the root, and a rate for each weight."""

import numpy as np


def adagrad_step(w, squares, gradient, learning_rate, epsilon=1e-7):
    total = np.add(squares, gradient * gradient)
    rates = learning_rate / (total**0.5 + epsilon)
    return [w - rates * gradient, total]
