"""Returns `None`, whatever it is asked.

Covers: A11
"""


# %% attack
def answer(name):
    return lambda *args, **kwargs: None


# %% honest
def show(value):
    print(value)


assert show("a function that returns nothing") is None
