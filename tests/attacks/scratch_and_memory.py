"""Fills both file systems in memory to the brim, and then takes all the memory beside them.

Covers: A14
Verdict: out_of_memory
Holds: 2200 MB
"""

# %% attack
import os

import numpy as np

held = []


def answer(name):
    def bomb(*args, **kwargs):
        for folder in ("/scratch", "/dev/shm"):
            try:
                for number in range(64):
                    with open(os.path.join(folder, f"{name}{number}"), "wb") as file:
                        file.write(bytes(8 << 20))
            except OSError:
                pass
        while True:
            held.append(np.ones(1 << 20))

    return bomb


# %% honest
import numpy as np

kept = np.lib.format.open_memmap("rows.npy", "w+", np.float32, (1000, 1000))
kept[:] = 1
print(f"{kept.sum():.0f}")
