"""Sends bytes that are no message: random ones, HTTP, a shell command, the wrong magic number.

Covers: A9
Verdict: crashed
"""

# %% attack
import os

from course_lib.checking import grading

rubbish = [os.urandom(4096), b"GET / HTTP/1.1\r\n\r\n", b"; rm -rf / #\n", b"CNN2" + bytes(8)]


def answer(name):
    def spill(*args, **kwargs):
        grading._channel._socket.sendall(rubbish[len(name) % 4])

    return spill


# %% honest
import os

print(len(os.urandom(16)), b"CNN1".decode())
