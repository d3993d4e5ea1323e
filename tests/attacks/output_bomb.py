"""Prints without end, to every stream and in every format that there is.

Covers: A14
Verdict: timeout
"""

# %% attack
import sys


def answer(name):
    def flood(*args, **kwargs):
        while True:
            print("x" * 100_000)
            sys.stderr.write("x" * 100_000)

    return flood


# %% attack
import os
import sys

from IPython.display import HTML, display

for _ in range(4_000):
    display(HTML("<p>" + "x" * 1000 + "</p>"))
    print("x" * 1000)
    print("x" * 1000, file=sys.stderr)
    os.write(2, b"x" * 1000)

# %% honest
for number in range(2000):
    print(f"step {number}: loss {1 / (number + 1):.4f}")
