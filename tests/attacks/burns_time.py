"""Computes in native code, in which Python's interrupt does not arrive.

Covers: A14
Verdict: timeout
"""

# %% attack
import re


def answer(name):
    return lambda *args, **kwargs: re.match(r"(a|aa)+$", "a" * 80 + "b")


# %% honest
import re

print(re.sub(r"(\d+)", lambda found: str(2 * int(found[0])), "3 filters of 5"))
