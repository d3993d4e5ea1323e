"""The average by np.average, the step on a copy."""

import numpy as np


def averaged_momentum_step(w, p, gradient, learning_rate, mu):
    p = np.average(np.stack([p, gradient]), axis=0, weights=[1 - mu, mu])
    new = np.array(w, copy=True)
    new -= learning_rate * p
    return new, p
