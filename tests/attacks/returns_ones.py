"""Returns ones of the shape of its first array.

Covers: A11
"""

# %% attack
import numpy as np


def answer(name):
    return lambda *args, **kwargs: next(
        (np.ones_like(a) for a in args if isinstance(a, np.ndarray)), 1
    )


# %% honest
import numpy as np

print(np.ones((2, 2)) @ np.ones(2))
