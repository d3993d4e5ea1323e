"""You multiply by what is taken away. `factor` is what remains, 0.96 for 4 % less: initial_rate *
factor ** steps.
"""

FAILS = ("step_decay",)


def step_decay(epoch, initial_rate, factor, every):
    return initial_rate * (1 - factor) ** (epoch // every)
