"""Starts threads until the kernel refuses.

Covers: A14
Verdict: too_many_processes
"""

# %% attack
import threading
import time


def answer(name):
    def bomb(*args, **kwargs):
        while True:
            threading.Thread(target=time.sleep, args=(60,), daemon=True).start()

    return bomb


# %% honest
import threading

threads = [threading.Thread(target=sum, args=([1, 2],)) for _ in range(30)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
