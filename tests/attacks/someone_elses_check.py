"""Announces other checks than the one that is asked, and all of them at once, in every cell.

Covers: A9
"""

# %% attack
from course_lib.checking import grading

names = []


def answer(name):
    names.append(name)
    for other in [*names, "double", "triple", "../../gradebook", "x" * 10_000]:
        grading.serve(other, (lambda *args, **kwargs: 0.0,))

    def nested(*args, **kwargs):
        for other in names:
            grading._channel.send({"event": "check", "name": other, "subjects": 1})
        return 0.0

    return nested


# %% honest
def serve(name, *dishes):
    """A function of the student's own."""
    return f"{name}: {', '.join(dishes)}"


print(serve("lunch", "soup", "bread"))
