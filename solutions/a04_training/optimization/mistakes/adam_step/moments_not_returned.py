"""Your step is right, but you return the moments that you were given. The next step goes on from
them; return the new ones.
"""

import numpy as np

FAILS = ("adam_step",)


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
    first = beta1 * first_moment + (1 - beta1) * gradient
    second = beta2 * second_moment + (1 - beta2) * gradient**2
    root = np.sqrt(second / (1 - beta2**t))
    w = w - learning_rate * first / (1 - beta1**t) / (root + epsilon)
    return w, first_moment, second_moment
