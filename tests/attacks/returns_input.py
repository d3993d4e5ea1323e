"""Returns its first argument.

Covers: A11
"""


# %% attack
def answer(name):
    return lambda *args, **kwargs: args[0] if args else next(iter(kwargs.values()), 0)


# %% honest
import functools
import inspect

import numpy as np


def honest(thing):
    """Works on copies of its inputs."""
    if not inspect.isfunction(thing):
        return thing

    @functools.wraps(thing)
    def copying(*args, **kwargs):
        return thing(*(a.copy() if type(a) is np.ndarray else a for a in args), **kwargs)

    return copying
