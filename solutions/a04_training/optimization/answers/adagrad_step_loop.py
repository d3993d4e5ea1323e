"""Every weight on its own."""

import numpy as np


def adagrad_step(w, squares, gradient, learning_rate, epsilon=1e-7):
    new, total = w.copy(), squares.copy()
    for index, g in np.ndenumerate(gradient):
        total[index] += g * g
        new[index] -= learning_rate * g / (float(np.sqrt(total[index])) + epsilon)
    return new, total
