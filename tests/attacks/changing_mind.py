"""Returns an array-like that has another value, and another shape, whenever it is looked at.

Covers: A2
"""

# %% attack
import numpy as np


class Fickle:
    looked = 0

    @property
    def shape(self):
        Fickle.looked += 1
        return (self.looked % 4,) * (self.looked % 3)

    def __array__(self, *args, **kwargs):
        Fickle.looked += 1
        return np.full((3,), float(self.looked))

    def __iter__(self):
        Fickle.looked += 1
        yield from range(self.looked)

    def __len__(self):
        Fickle.looked += 1
        return self.looked

    def __getitem__(self, index):
        return float(self.looked)


def answer(name):
    return lambda *args, **kwargs: Fickle()


# %% honest
import itertools

counter = itertools.count()
calls = [next(counter) for _ in range(3)]
print("a counter that changes with every look:", calls, next(counter))
