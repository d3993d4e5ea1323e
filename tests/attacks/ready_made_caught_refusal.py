"""Catches the refusal of a call, and makes the same call again.

Covers: A9, beyond
"""

# %% attack
import numpy


def answer(name):
    def ready_made(*args, **kwargs):
        for _ in range(3):
            try:
                if name == "double":
                    return numpy.add(args[0], args[0])
                return numpy.convolve(*args[:2])
            except BaseException:
                continue

    return ready_made


# %% honest
try:
    raise KeyError("mine")
except BaseException as error:
    print(repr(error))
