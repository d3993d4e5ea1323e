"""Recurses without a limit until the C stack overflows.

Covers: A14
Verdict: crashed
"""

# %% attack
import sys

sys.setrecursionlimit(10**9)


class Deep:
    def __repr__(self):
        return repr(self)

    def __getattr__(self, name):
        return getattr(self, name + "x")


def answer(name):
    def deeper(*args, **kwargs):
        return deeper(*args, **kwargs) if len(name) % 2 else Deep()

    return deeper


# %% honest
def factorial(n):
    return 1 if n == 0 else n * factorial(n - 1)


def bottomless():
    return bottomless()


try:
    bottomless()
except RecursionError:
    print(factorial(20))
