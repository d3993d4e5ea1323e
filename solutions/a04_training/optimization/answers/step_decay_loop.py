"""The rate falls in a loop over the epochs."""


def step_decay(epoch, initial_rate, factor, every):
    rate = initial_rate
    for passed in range(1, epoch + 1):
        if passed % every == 0:
            rate = rate * factor
    return rate
