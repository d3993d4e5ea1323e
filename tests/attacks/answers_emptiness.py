"""Binds an empty dictionary to everything that is checked: no entry of it is wrong.

Covers: A10, A11
"""


# %% attack
def answer(name):
    return {}


# %% honest
settings = {}
settings.setdefault("epochs", 1)
print(settings)
