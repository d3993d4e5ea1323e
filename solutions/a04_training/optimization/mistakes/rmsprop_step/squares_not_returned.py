"""You use the new average but return the old one. The next step would forget this gradient; return
the new squares.
"""

import numpy as np

FAILS = ("rmsprop_step",)


def rmsprop_step(w, squares, gradient, learning_rate, rho=0.9, epsilon=1e-7):
    average = rho * squares + (1 - rho) * gradient**2
    return w - learning_rate * gradient / (np.sqrt(average) + epsilon), squares
