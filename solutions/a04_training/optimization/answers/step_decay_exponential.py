"""By the exponential of a sum of logarithms."""

import numpy as np


def step_decay(epoch, initial_rate, factor, every):
    return np.exp(np.log(initial_rate) + np.floor(epoch / every) * np.log(factor))
