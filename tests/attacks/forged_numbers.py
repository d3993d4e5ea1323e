"""Sends numbers that no honest process can send: integers beyond all types, NaN, 1e999.

Covers: A10
"""

# %% attack
import struct

from course_lib.checking import grading

numbers = ["1" + "0" * 400, "[1, 1" + "0" * 40 + "]", "1e999", "-Infinity", "NaN", "9" * 9000]
count = iter(range(10**6))


def answer(name):
    def forge(*args, **kwargs):
        number = numbers[(next(count) + len(name)) % len(numbers)]
        body = (
            '{"event": "observation", "observation": {"$dict": [["outcome", "returned"],'
            f'["value", {number}], ["error", {{"$dict": []}}],'
            '["changed_inputs", {"$tuple": []}], ["seconds", 0]]}}'
        ).encode()
        grading._channel._socket.sendall(struct.pack(">4sII", b"CNN1", len(body), 0) + body)

    return forge


# %% honest
print(10**400 % 97, float("1e999"), 2**64)
