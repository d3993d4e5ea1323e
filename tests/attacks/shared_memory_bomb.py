"""Takes memory that does not count as the process's own: shared mappings and memory files.

Covers: A14
"""

# %% attack
import mmap
import os

held = []


def answer(name):
    def bomb(*args, **kwargs):
        while True:
            handle = os.memfd_create("held")
            for _ in range(64):
                os.write(handle, bytes(1 << 20))
            held.append(handle)
            mapped = mmap.mmap(-1, 64 << 20)
            mapped.write(bytes(64 << 20))
            held.append(mapped)

    return bomb


# %% honest
import mmap

with mmap.mmap(-1, 1 << 16) as mapped:
    mapped.write(b"scratch")
    print(mapped[:7])
