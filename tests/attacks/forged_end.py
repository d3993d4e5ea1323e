"""Says that the cell is done, without errors, before it is asked anything.

Covers: A3, A9
"""

# %% attack
from course_lib.checking import grading

done = {"event": "done", "outputs": [], "truncated": False, "error": None}


def answer(name):
    def forge(*args, **kwargs):
        for _ in range(10):
            grading._channel.send(done | {"verdict": "passed", "score": 100})

    return forge


# %% attack
grading._channel.send(done)

# %% honest
print({"event": "done", "outputs": []})
