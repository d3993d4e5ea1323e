"""Your rate falls once and then never again. It falls every `every` epochs: the exponent is epoch
// every.
"""

FAILS = ("step_decay",)


def step_decay(epoch, initial_rate, factor, every):
    return initial_rate * factor if epoch >= every else initial_rate
