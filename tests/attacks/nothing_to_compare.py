"""Returns empty arrays, of which it is vacuously true that all elements are right.

Covers: A10
"""

# %% attack
import numpy as np


def answer(name):
    return lambda *args, **kwargs: np.zeros((0, *np.shape(args[0])[1:]) if args else (0,))


# %% honest
import numpy as np

kept = np.array([1.0, 2.0, 3.0])
print("none above nine:", kept[kept > 9].shape)
