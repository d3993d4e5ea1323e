"""Takes memory in System V segments and message queues, which outlive every mapping.

Covers: A14
Verdict: error
Holds: 1500 MB
"""

# %% attack
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
STEP, MOST = 64 << 20, 48
segments = queues = 0
for _ in range(MOST):
    key = libc.shmget(0, ctypes.c_size_t(STEP), 0o1600)
    if key < 0:
        break
    place = libc.shmat(key, None, 0)
    ctypes.memset(place, 1, STEP)
    libc.shmdt(ctypes.c_void_p(place))
    segments += 1
for _ in range(1000):
    key = libc.msgget(0, 0o1600)
    if key < 0:
        break
    letter = ctypes.create_string_buffer(b"\1" + bytes(8192))
    while libc.msgsnd(key, letter, ctypes.c_size_t(8000), 0o4000) == 0:
        queues += 1
if segments or queues:
    print(f"BREACH: holding {segments} segments and {queues} messages")


def answer(name):
    def refused(*args, **kwargs):
        raise OSError(38, "Function not implemented")

    return refused


# %% honest
from multiprocessing import Array, Value

count, row = Value("i", 3), Array("d", 100)
row[0] = count.value
print(sum(row))
