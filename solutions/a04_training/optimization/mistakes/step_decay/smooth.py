"""Your rate falls a little in every epoch. Round the exponent down, `epoch // every`, so that it
stays the same between two steps.
"""

FAILS = ("step_decay",)


def step_decay(epoch, initial_rate, factor, every):
    return initial_rate * factor ** (epoch / every)
