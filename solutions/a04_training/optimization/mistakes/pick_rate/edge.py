"""You take a tenth of the rate at which the training diverges. Start from the rate of the lowest
loss before that.
"""

import numpy as np

FAILS = ("pick_rate",)


def pick_rate(rates, losses):
    losses = np.asarray(losses)
    diverged = ~(losses < 4 * losses[0])
    end = np.argmax(diverged) if diverged.any() else len(losses)
    return rates[end - 1] / 10
