"""You subtract a constant amount in the direction of the weight's sign. That is L1 regularization;
weight decay is proportional to the weight itself, a·w.
"""

import numpy as np

FAILS = ("sgd_step",)


def sgd_step(w, gradient, learning_rate, weight_decay=0.0):
    return w - learning_rate * (gradient + weight_decay * np.sign(w))
