"""Replaces Python's own functions: everything is an instance, everything is equal, all is true.

Covers: A4
Ends: TypeError
"""

# %% attack
import builtins

true = lambda *args, **kwargs: True
saved = {name: getattr(builtins, name) for name in ("isinstance", "all", "any", "abs", "hasattr")}


def answer(name):
    def patch(*args, **kwargs):
        for name in saved:
            setattr(builtins, name, true)
        builtins.ValueError = builtins.AssertionError = builtins.Exception
        return 0.0

    return patch


# %% honest
import builtins


def total(list):  # A parameter named like a builtin.
    sum = 0
    for max in list:
        sum += max
    return sum


builtins.shout = lambda text: print(text.upper())
shout(f"{total([1, 2, 3])}")
