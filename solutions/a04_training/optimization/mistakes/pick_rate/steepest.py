"""You take the rate at which the loss falls most steeply. The rule here is a tenth of the rate
with the lowest loss.
"""

import numpy as np

FAILS = ("pick_rate",)


def pick_rate(rates, losses):
    losses = np.asarray(losses)
    diverged = ~(losses < 4 * losses[0])
    end = np.argmax(diverged) if diverged.any() else len(losses)
    return rates[np.argmin(np.diff(losses[:end]))]
