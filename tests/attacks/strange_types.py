"""Returns arrays of complex numbers, dates, records and bytes, which convert to numbers somehow.

Covers: A10
"""

# %% attack
import numpy as np

kinds = iter([complex, "datetime64[s]", [("a", "f4")], "S8", "V16", "timedelta64[s]"] * 100)


def answer(name):
    return lambda *args, **kwargs: np.zeros(np.shape(args[0]) if args else (), next(kinds))


# %% honest
import functools
import inspect

import numpy as np


def honest(thing):
    """Arrays in the other byte order hold the same numbers."""
    if not inspect.isfunction(thing):
        return thing

    @functools.wraps(thing)
    def swapped(*args, **kwargs):
        found = thing(*args, **kwargs)
        if type(found) is not np.ndarray or found.dtype.kind != "f":
            return found
        return found.astype(found.dtype.newbyteorder(">"))

    return swapped
