"""Takes memory that does not count as the process's own: shared mappings and memory files.

Covers: A14
Verdict: error, out_of_memory
Holds: 2200 MB
"""

# %% attack
import ctypes
import mmap
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + [ctypes.c_int] * 3 + [ctypes.c_long]
STEP, MOST = 64 << 20, 48
held = []


def by_library():
    mapped = mmap.mmap(-1, STEP)
    mapped.write(bytes(STEP))
    held.append(mapped)


def by_call():
    place = libc.mmap(None, STEP, 3, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS, -1, 0)
    if place in (None, ctypes.c_void_p(-1).value):
        raise OSError(ctypes.get_errno(), "mmap")
    ctypes.memset(place, 1, STEP)
    libc.madvise(ctypes.c_void_p(place), ctypes.c_size_t(STEP), 4)  # Out of sight, and still there.
    held.append(place)


def by_memory_file():
    handle = os.memfd_create("held")
    for _ in range(64):
        os.write(handle, bytes(1 << 20))
    held.append(handle)


def by_device():
    with open("/dev/zero", "r+b") as zeros:
        mapped = mmap.mmap(zeros.fileno(), STEP)
    mapped.write(bytes(STEP))
    mapped.madvise(mmap.MADV_DONTNEED)
    held.append(mapped)


ways = [by_library, by_call, by_memory_file, by_device]


def answer(name):
    def bomb(*args, **kwargs):
        for way in ways:
            try:
                while len(held) < MOST:
                    way()
            except (OSError, ValueError):
                pass
        if len(held) >= MOST:
            raise OSError(f"BREACH: holding {len(held) * 64} MB")
        raise OSError(12, "Cannot allocate memory")

    return bomb


# %% honest
import mmap

with mmap.mmap(-1, 1 << 16) as mapped:
    mapped.write(b"scratch")
    print(mapped[:7])
with mmap.mmap(-1, 1 << 16, mmap.MAP_PRIVATE) as mapped:
    mapped.write(b"own")
