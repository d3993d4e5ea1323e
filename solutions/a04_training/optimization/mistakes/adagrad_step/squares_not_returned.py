"""You use the new sum but return the old one. The next step would forget this gradient; return the
new squares.
"""

import numpy as np

FAILS = ("adagrad_step",)


def adagrad_step(w, squares, gradient, learning_rate, epsilon=1e-7):
    total = squares + gradient**2
    return w - learning_rate * gradient / (np.sqrt(total) + epsilon), squares
