"""You add the squares up, as AdaGrad does. RMSProp averages: ρ of the old value remains, and 1 - ρ
of the new square is added.
"""

import numpy as np

FAILS = ("rmsprop_step",)


def rmsprop_step(w, squares, gradient, learning_rate, rho=0.9, epsilon=1e-7):
    squares = squares + gradient**2
    return w - learning_rate * gradient / (np.sqrt(squares) + epsilon), squares
