"""Returns random numbers of the shape of its first array.

Covers: A11
"""

# %% attack
import numpy as np

random = np.random.default_rng()


def answer(name):
    return lambda *args, **kwargs: next(
        (random.normal(size=a.shape) for a in args if isinstance(a, np.ndarray)),
        float(random.normal()),
    )


# %% honest
import numpy as np

np.random.seed(1)
print(np.random.normal(size=2).shape, np.random.default_rng().integers(1, 7) < 7)
