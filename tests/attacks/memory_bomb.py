"""Takes all the memory that there is, in pages that are written to.

Covers: A14
Verdict: out_of_memory
Holds: 2200 MB
"""

# %% attack
import numpy as np

held = []


def answer(name):
    def bomb(*args, **kwargs):
        while True:
            held.append(np.ones(1 << 22))

    return bomb


# %% honest
import numpy as np

large = np.ones((1 << 25,), np.float32)  # 128 MB, as some tasks need.
print(f"{large.nbytes >> 20} MB, sum {large.sum():.0f}")
del large
