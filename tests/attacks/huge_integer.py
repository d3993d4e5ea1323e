"""Returns integers of thousands of digits, which no array can hold.

Covers: A10, A14
"""


# %% attack
def answer(name):
    return lambda *args, **kwargs: [10**4000, -(2**63), 2**64, True]


# %% honest
import math

print("a number of", len(str(math.factorial(300))), "digits")
