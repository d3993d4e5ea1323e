"""Makes namespaces and mounts of its own, in which it would be root, and changes its root.

Covers: A6, A14
Verdict: error
"""

# %% attack
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for flags in (0x10000000, 0x20000, 0x20000000, 0x40000000, 0x8000000, 0x4000000, 0x2000000):
    if libc.unshare(flags) == 0:
        print(f"BREACH: unshare {flags:#x}")
for name, arguments in {
    "mount": (b"none", b"/scratch", b"tmpfs", 0, None),
    "umount2": (b"/course/course_lib/cases", 2),
    "chroot": (b"/scratch",),
    "setuid": (0,),
    "sethostname": (b"x", 1),
    "setns": (3, 0),
}.items():
    if getattr(libc, name)(*arguments) == 0:
        print("BREACH:", name)
for number in (308, 272, 165, 321, 323, 425, 428, 442, 250):
    if libc.syscall(number, 0, 0, 0, 0, 0) >= 0:
        print("BREACH: system call", number)

# %% honest
import os

print(os.getuid() != 0, os.uname().sysname, os.umask(0o022) >= 0)
