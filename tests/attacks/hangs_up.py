"""Closes, shuts down or replaces the line to the judge, and goes on without it.

Covers: A3
Verdict: crashed
"""

# %% attack
import os
import socket

from course_lib.checking import grading

line = grading._channel._socket
ways = [
    lambda *args, **kwargs: line.close(),
    lambda *args, **kwargs: line.shutdown(socket.SHUT_RDWR),
    lambda *args, **kwargs: os.dup2(os.open("/dev/null", os.O_RDWR), line.fileno()),
    lambda *args, **kwargs: grading.connect(None),
]


def answer(name):
    return ways[len(name) % 4]


# %% honest
import socket

here, there = socket.socketpair()
here.close()
print(there.recv(1) == b"")
