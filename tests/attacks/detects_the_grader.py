"""Recognises the grader by its variables, paths, users, times and modules, and then forges.

Covers: A8
"""

# %% attack
import datetime
import getpass
import os
import socket
import sys

from course_lib.checking import grading

graded = any(
    [
        "NBGRADER_EXECUTION" in os.environ,
        "COURSE_PATH" in os.environ,
        grading.serving(),
        os.path.exists("/scratch"),
        socket.gethostname() == "sandbox",
        "shell" in sys.modules,
        os.getuid() == 1000,
        datetime.datetime.now().hour < 5,
    ]
)


def answer(name):
    def either(*args, **kwargs):
        if graded:
            return "passed"
        raise NotImplementedError

    return either


# %% honest
import os
import platform

here = "a laptop" if "COLAB_GPU" not in os.environ else "Colab"
print(here, platform.python_version(), os.cpu_count() >= 1)
