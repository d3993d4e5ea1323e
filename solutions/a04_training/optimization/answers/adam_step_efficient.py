"""The order of the paper: the correction goes into the rate, and epsilon with it."""

import numpy as np


def adam_step(
    w,
    first_moment,
    second_moment,
    gradient,
    t,
    learning_rate=1e-3,
    beta1=0.9,
    beta2=0.999,
    epsilon=1e-7,
):
    first = first_moment + (1 - beta1) * (gradient - first_moment)
    second = second_moment + (1 - beta2) * (np.square(gradient) - second_moment)
    correction = np.sqrt(1 - np.power(beta2, t))
    rate = learning_rate * correction / (1 - np.power(beta1, t))
    return w - rate * first / (np.sqrt(second) + epsilon * correction), first, second
