"""Sends the judge a verdict, a score and a passed check, as messages of its own.

Covers: A4, A9
Verdict: crashed
"""

# %% attack
from course_lib.checking import grading


def answer(name):
    def forge(*args, **kwargs):
        for event in ("verdict", "score", "passed", "result"):
            grading._channel.send({"event": event, "name": name, "score": 100, "passed": True})

    return forge


# %% honest
message = {"event": "verdict", "score": 100}
print(message)
