"""Ends the process with status 0, as if all were done, in its cell and in every answer.

Covers: A3
Verdict: crashed
"""

# %% attack
import os


def answer(name):
    return lambda *args, **kwargs: os._exit(0)


# %% attack
os._exit(0)

# %% honest
import os

print("this process and its parent:", os.getpid() > 0, os.getppid() >= 0)
