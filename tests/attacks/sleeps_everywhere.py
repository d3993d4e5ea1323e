"""Sleeps until the time limit in every cell and in every answer, to hold up everybody else.

Covers: A14
Verdict: timeout
"""

# %% attack
import time

time.sleep(1000)

# %% attack
import time


def answer(name):
    return lambda *args, **kwargs: time.sleep(1000)


# %% honest
import time

started = time.time()
time.sleep(0.3)
print(f"waited {time.time() - started:.1f} s")
