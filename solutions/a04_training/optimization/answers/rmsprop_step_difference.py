"""The average moves towards the new square."""

import numpy as np


def rmsprop_step(w, squares, gradient, learning_rate, rho=0.9, epsilon=1e-7):
    average = squares + (1 - rho) * (np.square(gradient) - squares)
    scale = np.power(average, 0.5)
    return w - (learning_rate * gradient) / (scale + epsilon), average
