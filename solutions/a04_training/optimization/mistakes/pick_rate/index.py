"""You return the place of the rate in the list. Return the rate that stands there, divided by ten."""

import numpy as np

FAILS = ("pick_rate",)


def pick_rate(rates, losses):
    losses = np.asarray(losses)
    diverged = ~(losses < 4 * losses[0])
    end = np.argmax(diverged) if diverged.any() else len(losses)
    return np.argmin(losses[:end])
