"""Starts threads that outlive their cell and go on patching and printing while others are judged.

Covers: A4, A9
"""

# %% attack
import threading
import time

from course_lib.checking import grading, judge, local


def go_on():
    while True:
        time.sleep(0.001)
        judge.judge_case = local.judge_case = lambda *args, **kwargs: True
        grading.serving = lambda: True
        print("passed", end="")


for _ in range(4):
    threading.Thread(target=go_on).start()


def answer(name):
    return lambda *args, **kwargs: time.sleep(0.1)


# %% honest
import threading
from concurrent.futures import ThreadPoolExecutor

worker = threading.Thread(target=print, args=("from a thread",))
worker.start()
worker.join()
with ThreadPoolExecutor(4) as pool:
    print(list(pool.map(abs, [-1, -2, -3])))
