"""Your rate falls one epoch too early. Epochs are counted from 0, so the first step down comes at
epoch `every` itself: epoch // every.
"""

FAILS = ("step_decay",)


def step_decay(epoch, initial_rate, factor, every):
    return initial_rate * factor ** ((epoch + 1) // every)
