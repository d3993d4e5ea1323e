"""Leaves with `sys.exit(0)` before anything is checked, and from within every answer.

Covers: A3
"""

# %% attack
import sys


def answer(name):
    return lambda *args, **kwargs: sys.exit(0)


# %% attack
raise SystemExit(0)

# %% honest
import sys

try:
    sys.exit(0)
except SystemExit:
    print("the program would end here")
