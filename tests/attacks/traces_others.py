"""Attaches to other processes, and reads and writes their memory.

Covers: A6
Verdict: error
"""

# %% attack
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


class Piece(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


buffer = ctypes.create_string_buffer(64)
local, remote = Piece(ctypes.addressof(buffer), 64), Piece(0x400000, 64)
for pid in range(1, 2000):
    if pid == os.getpid():
        continue
    if libc.ptrace(16, pid, 0, 0) == 0:
        print("BREACH: attached to", pid)
    for name in ("process_vm_readv", "process_vm_writev"):
        call = getattr(libc, name)
        if call(pid, ctypes.byref(local), 1, ctypes.byref(remote), 1, 0) >= 0:
            print("BREACH:", name, pid)

# %% honest
import ctypes

libc = ctypes.CDLL(None)
print(libc.abs(-3), ctypes.sizeof(ctypes.c_double))
