"""Binds the number 0 to everything that is checked, functions and values alike.

Covers: A11
"""


# %% attack
def answer(name):
    return 0


# %% honest
zero = 0
print(zero + 0.0, -0.0 == zero)
