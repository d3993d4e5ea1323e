"""Returns its own input, and a thread goes on writing to that memory while it is judged.

Covers: A2
"""

# %% attack
import threading

import numpy as np

given = []


def keep_writing():
    number = 0.0
    while True:
        number += 1
        for array in given[-4:]:
            if isinstance(array, np.ndarray) and array.dtype.kind == "f":
                np.copyto(array, number)


threading.Thread(target=keep_writing, daemon=True).start()


def answer(name):
    def alias(*args, **kwargs):
        given.extend(args)
        return args[0] if args else 0.0

    return alias


# %% honest
import functools
import inspect

import numpy as np


def honest(thing):
    """Reuses one buffer for its answers, as fast code does."""
    if not inspect.isfunction(thing):
        return thing
    buffers = {}

    @functools.wraps(thing)
    def buffered(*args, **kwargs):
        found = thing(*args, **kwargs)
        if type(found) is not np.ndarray:
            return found
        buffer = buffers.setdefault((found.shape, found.dtype), np.empty_like(found))
        np.copyto(buffer, found)
        return buffer

    return buffered
