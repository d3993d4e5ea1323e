"""Imports the forbidden function under another name, from another module, by a star.

Covers: A9
"""


# %% attack
def answer(name):
    return borrowed


# %% attack
from numpy import add as plus

try:
    from scipy.signal import correlate2d as slide
except ImportError:
    slide = plus


def borrowed(*args, **kwargs):
    if len(args) == 1:
        return plus(args[0], args[0])
    return slide(*args[:2], mode="valid")


# %% honest
from numpy import mean as average

print(average([1, 2, 3]))
