"""Ignores every signal that it can and swallows every exception, so that only a kill ends it.

Covers: A14
Verdict: timeout
"""

# %% attack
import signal
import time

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))


def answer(name):
    def forever(*args, **kwargs):
        while True:
            try:
                time.sleep(60)
            except BaseException:
                pass

    return forever


# %% honest
import signal

handler = signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    print("interrupted, and went on")
signal.signal(signal.SIGINT, handler)
