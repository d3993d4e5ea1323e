"""You changed `squares` where it lies, with `+=`. The caller's array is then changed too; write
squares = squares + gradient**2.
"""

import numpy as np

FAILS = ("adagrad_step",)
# The values are right; the grader sees that the input was changed.
HINT = None


def adagrad_step(w, squares, gradient, learning_rate, epsilon=1e-7):
    squares += gradient**2
    return w - learning_rate * gradient / (np.sqrt(squares) + epsilon), squares
