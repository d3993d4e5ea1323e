"""Binds the text `passed` to everything that is checked.

Covers: A9, A11
"""


# %% attack
def answer(name):
    return "passed"


# %% honest
verdict = "passed"
print(verdict, "10 of 10", "score: 100 %")
