"""Leaves threads that answer the judge in the place of the check, in the middle of its messages.

Covers: A9
"""

# %% attack
import threading
import time

from course_lib.checking import grading
from course_lib.checking.probes import Observation
from course_lib.checking.wire import pack

right = pack(Observation("returned", value=1.0).to_value())[0]


def forge():
    while True:
        grading._channel.send({"event": "observation", "observation": right})
        grading._channel.send({"event": "done", "outputs": [], "error": None})


def answer(name):
    def start(*args, **kwargs):
        threading.Thread(target=forge, daemon=True).start()
        time.sleep(0.5)
        return 0.0

    return start


# %% honest
import queue
import threading

answers = queue.Queue()
threading.Thread(target=lambda: answers.put(6 * 7)).start()
print(answers.get())
