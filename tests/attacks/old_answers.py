"""Answers a probe with what it answered to an earlier one, again and again.

Covers: A9
"""

# %% attack
from course_lib.checking import grading

send = grading._channel.send
seen = []


def replay(message, arrays=None, timeout_seconds=None):
    if message.get("event") == "observation":
        seen.append((message, arrays))
        message, arrays = seen[0]
    send(message, arrays, timeout_seconds)


grading._channel.send = replay


def answer(name):
    return lambda *args, **kwargs: 0.5


# %% honest
import functools
import inspect


def honest(thing):
    """Remembers the numbers that it has worked out."""
    if not inspect.isfunction(thing):
        return thing
    memory = {}

    @functools.wraps(thing)
    def remembering(*args, **kwargs):
        key = repr((args, kwargs))
        if key not in memory:
            found = thing(*args, **kwargs)
            if "..." in key or not isinstance(found, (int, float)):
                return found
            memory[key] = found
        return memory[key]

    return remembering
