"""Sends its message one byte at a time, and stops before the end.

Covers: A14
Verdict: crashed
"""

# %% attack
import struct
import time

from course_lib.checking import grading


def answer(name):
    def trickle(*args, **kwargs):
        grading._channel._socket.sendall(struct.pack(">4sII", b"CNN1", 1 << 20, 0))
        while True:
            grading._channel._socket.sendall(b"[")
            time.sleep(0.05)

    return trickle


# %% honest
import time

for step in range(3):
    print(step, end=" ", flush=True)
    time.sleep(0.05)
