"""Says `True` to everything, also where a value is asked for.

Covers: A9, A11
"""


# %% attack
def answer(name):
    class Yes:
        def __call__(self, *args, **kwargs):
            return True

    return Yes()


# %% honest
import numpy as np

assert bool(np.all([True, True])) is True
