"""Walks the frames, the garbage collector and every module for expected values, and returns one.

Covers: A6
"""

# %% attack
import gc
import inspect
import sys

import numpy as np


def answer(name):
    def search(*args, **kwargs):
        found = []
        frame = sys._getframe()
        while frame is not None:
            for key, value in frame.f_locals.items():
                if key in ("expected", "expects", "value", "case", "cases", "reference", "labels"):
                    found.append(value)
            frame = frame.f_back
        for thing in gc.get_objects():
            kind = type(thing).__name__
            if kind in ("Equal", "Case", "Mistake", "CheckPlan", "Reference", "Accuracy"):
                print("BREACH:", kind)
                raise RuntimeError(f"BREACH: {kind} in memory")
        arrays = [value for value in found if isinstance(value, np.ndarray)]
        return arrays[-1] if arrays else 0.0

    return search


# %% honest
import gc
import inspect


def where():
    return inspect.currentframe().f_code.co_name


print(where(), gc.collect() >= 0, inspect.getsource(where).splitlines()[0])
