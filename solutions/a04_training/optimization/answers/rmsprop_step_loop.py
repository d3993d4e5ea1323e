"""Every weight on its own."""

import numpy as np


def rmsprop_step(w, squares, gradient, learning_rate, rho=0.9, epsilon=1e-7):
    new, average = np.zeros(w.shape), np.zeros(w.shape)
    for index in np.ndindex(*w.shape):
        average[index] = rho * squares[index] + (1.0 - rho) * gradient[index] ** 2
        new[index] = w[index] - learning_rate * gradient[index] / (average[index] ** 0.5 + epsilon)
    return new, average
