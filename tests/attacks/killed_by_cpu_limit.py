"""Sends itself the signal by which the grader knows a used-up limit, and others it may listen to.

Covers: A3, A9
Verdict: out_of_cpu_time, crashed, timeout
"""

# %% attack
import os
import signal


def answer(name):
    def ended(*args, **kwargs):
        os.kill(os.getpid(), [signal.SIGXCPU, signal.SIGTERM, signal.SIGSTOP][len(name) % 3])

    return ended


# %% honest
import signal

previous = signal.signal(signal.SIGTERM, lambda number, frame: print("asked to stop"))
signal.signal(signal.SIGTERM, previous)
