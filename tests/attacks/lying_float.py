"""Returns a float whose comparisons, differences and conversions all say what is wanted.

Covers: A2
"""


# %% attack
class Agreeable(float):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __sub__(self, other):
        return 0.0

    def __rsub__(self, other):
        return 0.0

    def __abs__(self):
        return 0.0

    def __le__(self, other):
        return True

    __ge__ = __lt__ = __gt__ = __le__
    __hash__ = float.__hash__

    def __float__(self):
        return next(self.guesses)

    guesses = iter([float(number) for number in range(100_000)])


def answer(name):
    return lambda *args, **kwargs: Agreeable(0.0)


# %% honest
import functools
import inspect

import numpy as np


def honest(thing):
    """NumPy's numbers instead of Python's: an innocent habit."""
    if not inspect.isfunction(thing):
        return thing

    @functools.wraps(thing)
    def in_numpy(*args, **kwargs):
        found = thing(*args, **kwargs)
        return np.float64(found) if type(found) is float else found

    return in_numpy
