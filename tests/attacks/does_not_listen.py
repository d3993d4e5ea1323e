"""Announces its check and then neither listens nor answers.

Covers: A14
Verdict: timeout
"""

# %% attack
import time

from course_lib.checking import grading


def deaf(name, subjects):
    grading._channel.send({"event": "check", "name": name, "subjects": 1})
    time.sleep(1000)


grading.serve = deaf

# %% honest
import select
import socket

here, there = socket.socketpair()
print(select.select([there], [], [], 0.01)[0])
