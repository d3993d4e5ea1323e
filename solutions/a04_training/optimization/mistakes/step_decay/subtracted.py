"""You subtract the same amount at every step. Each step multiplies the rate by `factor`, so the
steps become smaller.
"""

FAILS = ("step_decay",)


def step_decay(epoch, initial_rate, factor, every):
    return initial_rate * (1 - (1 - factor) * (epoch // every))
