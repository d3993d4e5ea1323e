"""Sends signals to every process, group and session that there might be.

Covers: A14
"""

# %% attack
import os
import signal


def answer(name):
    def shoot(*args, **kwargs):
        for pid in [0, -1, 1, os.getppid(), *range(2, 3000), *range(-3000, -1)]:
            if pid in (os.getpid(), -os.getpid()):
                continue
            if pid == 0:
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
            for number in (signal.SIGSTOP, signal.SIGKILL) if pid not in (0, -1) else (15,):
                try:
                    os.kill(pid, number)
                except OSError:
                    pass
        return 0.0

    return shoot


# %% honest
import os
import signal

caught = []
previous = signal.signal(signal.SIGUSR1, lambda number, frame: caught.append(number))
os.kill(os.getpid(), signal.SIGUSR1)
signal.signal(signal.SIGUSR1, previous)
print("caught", caught)
