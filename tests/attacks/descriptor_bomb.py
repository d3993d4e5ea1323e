"""Opens files and sockets until there are no descriptors left.

Covers: A14
Verdict: error
"""

# %% attack
import os
import socket

held = []


def answer(name):
    def bomb(*args, **kwargs):
        while True:
            held.append(os.open("/dev/null", os.O_RDONLY))
            held.extend(socket.socketpair())

    return bomb


# %% honest
held = [open("/dev/null") for _ in range(100)]
for file in held:
    file.close()
print("opened and closed", len(held))
