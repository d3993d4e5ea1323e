"""Forks without end, by `os.fork`, by `multiprocessing` and by programs of the system.

Covers: A14
Ends: NameError
"""

# %% attack
import multiprocessing
import os
import subprocess
import sys


def start(number):
    if number % 3 == 0:
        os.fork()
    elif number % 3 == 1:
        multiprocessing.get_context("spawn").Process(target=print).start()
    else:
        subprocess.Popen([sys.executable, "-c", "import os\nwhile True: os.fork()"])


def answer(name):
    def bomb(*args, **kwargs):
        for number in range(3000):
            try:
                start(number)
            except OSError:
                pass
        return 0.0

    return bomb


# %% honest
import subprocess

try:
    subprocess.run(["echo", "a program"], check=True)
except OSError as error:
    print("no programs here:", type(error).__name__)
