"""Returns an array of Python objects, each of which says that it is equal to anything.

Covers: A2
"""

# %% attack
import numpy as np


class Equal:
    def __eq__(self, other):
        return True

    def __float__(self):
        return float("nan")

    def __sub__(self, other):
        return 0.0

    def __reduce__(self):
        return (print, ("BREACH: unpickled",))


def answer(name):
    def objects(*args, **kwargs):
        found = np.empty(np.shape(args[0]) if args else (), object)
        found[...] = Equal()
        return found

    return objects


# %% honest
import numpy as np

names = np.array(["cat", "dog", "frog"], dtype=object)
print(names[np.argsort([2, 0, 1])])
