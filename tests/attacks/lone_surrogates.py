"""Prints, raises and returns text that cannot be written as UTF-8, to spoil files of the grader.

Covers: A17, A18
"""

# %% attack
broken = "\ud800\udfff\udc80" * 3


def answer(name):
    print(broken)

    def speak(*args, **kwargs):
        raise type(f"Err{broken}", (Exception,), {})(broken)

    return speak if len(name) % 2 else lambda *args, **kwargs: {broken: broken}


# %% attack
raise ValueError(broken)

# %% honest
import os

name = os.fsdecode(b"caf\xe9.png")
print(repr(name), "Привет, 世界 🎉")
print(name)
