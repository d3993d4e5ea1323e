"""Every weight on its own, results in a list."""

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
    new, first, second = w.copy(), first_moment.copy(), second_moment.copy()
    for index, g in np.ndenumerate(gradient):
        first[index] = beta1 * first[index] + (1 - beta1) * g
        second[index] = beta2 * second[index] + (1 - beta2) * g * g
        direction = first[index] / (1 - beta1**t)
        length = (second[index] / (1 - beta2**t)) ** 0.5
        new[index] -= learning_rate * direction / (length + epsilon)
    return [new, first, second]
