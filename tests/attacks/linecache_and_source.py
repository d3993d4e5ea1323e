"""Reads the source of the caller, of the check and of every function that is called, for answers.

Covers: A6
"""

# %% attack
import inspect
import linecache
import sys


def answer(name):
    def peek(*args, **kwargs):
        frame, said = sys._getframe(1), []
        while frame:
            said.append("".join(linecache.getlines(frame.f_code.co_filename)))
            frame = frame.f_back
        text = "".join(said)
        for word in ("expected=", "BEGIN " + "SOLUTION", "reference."):
            if word in text:
                raise RuntimeError(f"BREACH: {word} in the source of a caller")
        return 0.0

    return peek


# %% honest
import inspect

import numpy as np

print(inspect.signature(np.linspace).parameters["num"].default)
