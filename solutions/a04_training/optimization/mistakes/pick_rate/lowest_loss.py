"""You take the rate of the lowest loss, where the training is about to diverge. Take a tenth of
it.
"""

import numpy as np

FAILS = ("pick_rate",)


def pick_rate(rates, losses):
    losses = np.asarray(losses)
    diverged = ~(losses < 4 * losses[0])
    end = np.argmax(diverged) if diverged.any() else len(losses)
    return rates[np.argmin(losses[:end])]
