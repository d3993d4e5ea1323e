"""Reads a byte in every two megabytes of a huge mapping: no memory of its own, only page tables.

Covers: A14
Verdict: out_of_memory
Holds: 2200 MB
"""

# %% attack
import mmap

STEP = 2 << 20


def answer(name):
    def bomb(*args, **kwargs):
        read, held = 0, []
        while read < 1 << 20:
            mapped = mmap.mmap(-1, 4 << 30, mmap.MAP_PRIVATE | 0x4000, mmap.PROT_READ)
            if hasattr(mmap, "MADV_NOHUGEPAGE"):
                mapped.madvise(mmap.MADV_NOHUGEPAGE)
            read += sum(1 for place in range(0, 4 << 30, STEP) if mapped[place] == 0)
            held.append(mapped)
        raise OSError(f"BREACH: {read * 4096 >> 20} MB of page tables")

    return bomb


# %% honest
import mmap

with mmap.mmap(-1, 4 << 30, mmap.MAP_PRIVATE | 0x4000, mmap.PROT_READ) as mapped:
    print(sum(mapped[place] for place in range(0, 4 << 30, 64 << 20)))
