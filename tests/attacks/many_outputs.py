"""Says that its cell has hundreds of thousands of outputs, each of which must be looked at.

Covers: A14
"""

# %% attack
from course_lib.checking import grading

stream = {"output_type": "stream", "name": "stdout", "text": ""}
odd = {"output_type": "display_data", "data": {"text/html": ["<b>"] * 3}, "metadata": {}}


def answer(name):
    def flood(*args, **kwargs):
        return 0.0

    return flood


# %% attack
grading._channel.send({"event": "done", "outputs": [stream] * 250_000, "error": None})

# %% attack
grading._channel.send({"event": "done", "outputs": [odd] * 150_000, "error": None})

# %% honest
from IPython.display import display

for number in range(40):
    display(number)
