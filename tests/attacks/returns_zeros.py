"""Returns zeros of the shape of its first array.

Covers: A11
"""

# %% attack
import numpy as np


def answer(name):
    return lambda *args, **kwargs: next(
        (np.zeros_like(a) for a in args if isinstance(a, np.ndarray)), 0
    )


# %% honest
import numpy as np

total = np.zeros(3)
total += 1
print(total)
