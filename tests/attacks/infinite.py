"""Returns infinities, whose relative errors are not numbers.

Covers: A10
"""

# %% attack
import numpy as np


def answer(name):
    return lambda *args, **kwargs: np.full(np.shape(args[0]) if args else (), np.inf)


# %% honest
import numpy as np

best = -np.inf
for value in (0.25, 0.5):
    best = max(best, value)
print(best)
