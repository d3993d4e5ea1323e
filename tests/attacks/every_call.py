"""Makes every system call that the filter does not list, by its number, with arguments at random.

Covers: A7, A14
Verdict: error
"""

# %% attack
import ctypes
import os
import random

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
source = "/course/inside/seccomp.py"
space = {"__name__": "seccomp"}
exec(open(source).read(), space)
machine = os.uname().machine
listed = set(space["allowed"](machine).values())
# 335 and 336 are the kernel's own, for probes: whoever else makes them is ended, filter or not.
known = [number for number in range(600) if number not in (335, 336)]
numbers = [n for n in known if n not in listed] + [n | 0x40000000 for n in known]
chance = random.Random(4)
buffer = ctypes.create_string_buffer(4096)
interesting = [
    0,
    1,
    -1,
    2,
    3,
    15,
    1 << 31,
    (1 << 63) - 1,
    -100,
    os.getpid(),
    ctypes.addressof(buffer),
]
done = []
for number in numbers:
    for _ in range(20):
        arguments = [ctypes.c_long(chance.choice(interesting)) for _ in range(6)]
        result = libc.syscall(ctypes.c_long(number), *arguments)
        if result != -1 or ctypes.get_errno() not in (38, 11):  # ENOSYS; EAGAIN of `fork`.
            done.append((number, result, ctypes.get_errno()))
if done:
    print("BREACH: calls that are not listed did something:", done[:20])


def answer(name):
    def refused(*args, **kwargs):
        raise OSError(38, "Function not implemented")

    return refused


# %% honest
import concurrent.futures
import os
import subprocess
import threading

print(os.getpid() > 0, os.uname().sysname, len(os.sched_getaffinity(0)) > 0, os.cpu_count() > 0)
with concurrent.futures.ThreadPoolExecutor(4) as pool:
    print(sum(pool.map(len, ["a", "bc"])))
lock = threading.Lock()
with lock, open("notes.txt", "w") as file:
    file.write("kept")
os.rename("notes.txt", "other.txt")
print(os.stat("other.txt").st_size, os.listdir("."))
try:
    subprocess.run(["true"])
except OSError as error:
    print("no programs here:", error)
