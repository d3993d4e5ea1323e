"""You end the test at four times the lowest loss so far. The rule compares with the *first* loss."""

import numpy as np

FAILS = ("pick_rate",)


def pick_rate(rates, losses):
    losses = np.asarray(losses)
    diverged = ~(losses < 4 * np.fmin.accumulate(losses))
    end = np.argmax(diverged) if diverged.any() else len(losses)
    return rates[np.argmin(losses[:end])] / 10
