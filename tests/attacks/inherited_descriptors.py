"""Writes to, reads from and takes over every descriptor that it finds open.

Covers: A5, A9
"""

# %% attack
import os
import socket

from course_lib.checking import grading

own = grading._channel.fileno()
for descriptor in range(3, 1024):
    if descriptor == own:
        continue
    try:
        kind = os.readlink(f"/proc/self/fd/{descriptor}")
    except OSError:
        continue
    if kind.startswith(("socket:", "/")) and not kind.startswith(("/dev/null", "/dev/urandom")):
        try:
            os.write(descriptor, b'{"event": "exited", "session": 1, "code": 0, "cpu_seconds": 0}')
            print("BREACH: wrote to", descriptor, kind)
        except OSError:
            pass

# %% honest
import os

reading, writing = os.pipe()
os.write(writing, b"through a pipe")
print(os.read(reading, 99))
os.close(reading), os.close(writing)
