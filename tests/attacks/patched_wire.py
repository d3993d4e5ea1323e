"""Replaces packing and the channel, so that every message that leaves carries a score.

Covers: A4, A9
"""

# %% attack
from course_lib.checking import grading, wire

send = wire.Channel.send


def scored(self, message, arrays=None, timeout_seconds=None):
    more = {"verdict": "passed", "score": 100.0, "passed": True, "outcome": "passed"}
    send(self, message | more, arrays, timeout_seconds)


wire.Channel.send = scored
grading.pack = wire.pack = lambda value: (
    {"$dict": [["outcome", "passed"], ["value", True], ["verdict", "passed"]]}, {},
)  # fmt: skip


# %% honest
import json

print(json.dumps({"verdict": "passed", "score": 100.0}))
