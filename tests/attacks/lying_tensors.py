"""Sends tensors whose header promises other shapes, types and sizes than come.

Covers: A13, A14
"""

# %% attack
import json
import struct

from course_lib.checking import grading

tree = json.dumps(
    {
        "event": "observation",
        "observation": {
            "$dict": [
                ["outcome", "returned"], ["value", {"$array": "0"}], ["error", {"$dict": []}],
                ["changed_inputs", {"$tuple": []}], ["seconds", 0.0],
            ]
        },
    }
).encode()  # fmt: skip


def tensors(dtype, shape, first, last, data=bytes(24)):
    header = json.dumps(
        {"0": {"dtype": dtype, "shape": shape, "data_offsets": [first, last]}}
    ).encode()
    return struct.pack("<Q", len(header)) + header + data


blocks = [
    tensors("F64", [1 << 40], 0, 24),
    tensors("F64", [3], 0, 1 << 50),
    tensors("F64", [-3], 0, 24),
    tensors("F64", [3], 24, 0),
    tensors("U8", [0] * 60 + [24], 0, 24),
    tensors("F8_E4M3", [24], 0, 24),
    tensors("X" * 1000, [3], 0, 24),
    struct.pack("<Q", 1 << 62) + bytes(24),
    struct.pack("<Q", 4) + b"{}  ",
    b"\x80\x04cbuiltins\nprint\n",
]
count = iter(range(10**6))


def answer(name):
    def forge(*args, **kwargs):
        block = blocks[(next(count) + len(name)) % len(blocks)]
        header = struct.pack(">4sII", b"CNN1", len(tree), len(block))
        grading._channel._socket.sendall(header + tree + block)

    return forge


# %% honest
import numpy as np
from safetensors.numpy import load, save

print(load(save({"kernel": np.zeros((3, 3))}))["kernel"].shape)
