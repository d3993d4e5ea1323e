"""Makes calls that the filter lists with the arguments that it refuses.

Covers: A7, A14
Verdict: error
"""

# %% attack
import ctypes
import fcntl
import os
import resource
import signal
import socket
import tempfile

libc = ctypes.CDLL(None, use_errno=True)


def clone(flags):
    number = {"x86_64": 56, "aarch64": 220}[os.uname().machine]
    return libc.syscall(number, flags, 0, 0, 0, 0)


def cloned(flags):
    if clone(flags) == -1:
        raise OSError(ctypes.get_errno(), "clone")


def passed(result):
    if result == -1:
        raise OSError(ctypes.get_errno(), "refused")


here, there = socket.socketpair()
reading, writing = os.pipe()
scratch = tempfile.TemporaryFile()
tries = {
    "a process": lambda: cloned(signal.SIGCHLD),
    "a thread with descriptors of its own": lambda: cloned(0x10900),
    "namespaces": lambda: cloned(0x10F00 | 0x20000000),
    "to kill itself": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "limits of the sandbox's own process": lambda: resource.prlimit(1, resource.RLIMIT_CPU, (1, 1)),
    "a larger pipe": lambda: fcntl.fcntl(writing, 1031, 1 << 20),
    "a lock on a record": lambda: fcntl.lockf(scratch, fcntl.LOCK_EX),
    "a lease": lambda: fcntl.fcntl(scratch, 1024, 1),
    "a larger socket": lambda: here.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20),
    "a filter on a socket": lambda: here.setsockopt(socket.SOL_SOCKET, 26, bytes(16)),
    "packets": lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW),
    "a host of virtual machines": lambda: socket.socket(40, socket.SOCK_STREAM),
    "another protocol": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM, 132),
    "to type into the terminal": lambda: fcntl.ioctl(0, 0x5412, b"x"),
    "huge pages": lambda: passed(libc.mmap(None, 2 << 20, 3, 0x40022, -1, 0)),
    "to be invisible": lambda: passed(libc.prctl(4, 0, 0, 0, 0)),
    "another filter": lambda: passed(libc.prctl(22, 1, 0, 0, 0)),
    "another program": lambda: os.execv("/bin/true", ["true"]),
}
for what, attempt in tries.items():
    try:
        attempt()
    except OSError:
        continue
    print("BREACH: got", what)


def answer(name):
    def refused(*args, **kwargs):
        raise OSError(1, "Operation not permitted")

    return refused


# %% honest
import fcntl
import resource
import tempfile

print(resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 100)
with tempfile.TemporaryFile() as file:
    fcntl.flock(file, fcntl.LOCK_EX)
    print(fcntl.fcntl(file, fcntl.F_GETFL) >= 0)
