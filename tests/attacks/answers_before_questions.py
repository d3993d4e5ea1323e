"""Sends a hundred right-looking observations before the judge has asked for any.

Covers: A9
"""

# %% attack
from course_lib.checking import grading
from course_lib.checking.probes import Observation
from course_lib.checking.wire import pack


def observed(value):
    return {
        "event": "observation",
        "observation": pack(Observation("returned", value).to_value())[0],
    }


def answer(name):
    def ahead(*args, **kwargs):
        for number in range(100):
            grading._channel.send(observed(float(number)))
        return 0.0

    return ahead


# %% attack
for number in range(10):
    grading._channel.send(observed(float(number)))

# %% honest
answers = [float(number) for number in range(10)]
print(answers)
