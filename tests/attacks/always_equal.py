"""Returns an object that says it equals everything and has every shape.

Covers: A2
"""

# %% attack
import numpy as np


class Right:
    shape, dtype, ndim, size = (3,), np.float64, 1, 3

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = None

    def __array__(self, *args, **kwargs):
        return np.ones(3)

    def __bool__(self):
        return True


def answer(name):
    return lambda *args, **kwargs: Right()


# %% honest
class Exact:
    """A student's own helper, whose equality is what it should be."""

    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return isinstance(other, Exact) and self.value == other.value


assert Exact(1) == Exact(1)
