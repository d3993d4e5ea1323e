"""Every weight on its own."""

import numpy as np


def sgd_step(w, gradient, learning_rate, weight_decay=0.0):
    new = np.empty(w.shape)
    for index in np.ndindex(w.shape):
        slope = gradient[index] + weight_decay * w[index]
        new[index] = w[index] - learning_rate * slope
    return new
