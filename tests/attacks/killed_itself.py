"""Kills its own process by a signal, an abort and a segmentation fault.

Covers: A3, A14
Verdict: error, crashed
"""

# %% attack
import ctypes
import os
import signal

deaths = [
    lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL),
    lambda *args, **kwargs: ctypes.string_at(0),
    lambda *args, **kwargs: os.abort(),
]


def answer(name):
    return deaths[len(name) % 3]


# %% honest
import faulthandler
import signal

print(signal.Signals(9).name, signal.getsignal(signal.SIGTERM) is not None)
faulthandler.is_enabled()
