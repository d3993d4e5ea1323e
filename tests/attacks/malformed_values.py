"""Sends observations with unknown tags, missing parts, wrong types and arrays that are not there.

Covers: A9
Verdict: crashed
"""

# %% attack
from course_lib.checking import grading

fine = {
    "outcome": "returned", "value": 0.0, "error": {"$dict": []}, "changed_inputs": {"$tuple": []},
    "seconds": 0.0,
}  # fmt: skip


def packed(parts):
    return {"$dict": [[key, value] for key, value in parts.items()]}


forgeries = [
    {"event": "observation"},
    {"event": "observation", "observation": {"$array": "7"}},
    {"event": "observation", "observation": {"$dict": [["outcome", "returned"]]}},
    {"event": "observation", "observation": packed(fine | {"outcome": "passed"})},
    {"event": "observation", "observation": packed(fine | {"outcome": {"$tuple": []}})},
    {"event": "observation", "observation": packed(fine | {"seconds": float("nan")})},
    {"event": "observation", "observation": packed(fine | {"seconds": "long"})},
    {"event": "observation", "observation": packed(fine | {"value": {"$expected": 0}})},
    {"event": "observation", "observation": packed(fine | {"value": {"$other": ["a", "b"]}})},
    {"event": "observation", "observation": packed(fine | {"value": {"$dict": [["a"]]}})},
    {"event": ["observation"]},
    {"op": "probe"},
    {},
]


def answer(name):
    def forge(*args, **kwargs):
        grading._channel.send(forgeries[hash(name) % len(forgeries)])

    return forge


# %% honest
parts = {"outcome": "returned", "seconds": float("nan")}
print(parts["seconds"] != parts["seconds"])
