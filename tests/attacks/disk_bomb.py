"""Fills the scratch space, the shared memory and every other folder with data.

Covers: A14
Verdict: out_of_space
"""

# %% attack
import os


def answer(name):
    def bomb(*args, **kwargs):
        for folder in ("/scratch", "/dev/shm", "/tmp", "/var/tmp", "/run"):
            try:
                with open(os.path.join(folder, f"big-{name}"), "wb") as file:
                    while True:
                        file.write(bytes(1 << 20))
            except OSError:
                pass
        raise OSError(28, "No space left on device")

    return bomb


# %% honest
with open("weights.bin", "wb") as file:
    file.write(bytes(2 << 20))
