"""Lets the kernel hold its memory: in pipes, in sockets, on the loopback, in sockets sent away.

Covers: A14
Verdict: error, out_of_memory
Holds: 2200 MB
"""

# %% attack
import fcntl
import os
import socket

BIG = bytes(1 << 20)
held, kept = [0], []


def fill(descriptor):
    os.set_blocking(descriptor, False)
    try:
        while True:
            held[0] += os.write(descriptor, BIG)
    except OSError:
        pass


def by_pipe():
    reading, writing = os.pipe()
    kept.extend((reading, writing))
    try:
        fcntl.fcntl(writing, 1031, 1 << 20)
    except OSError:
        pass
    fill(writing)


def enlarge(end):
    for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
        try:
            end.setsockopt(socket.SOL_SOCKET, option, 64 << 20)
        except OSError:
            pass


def by_socket():
    for end in (ends := socket.socketpair()):
        kept.append(end)
        enlarge(end)
        fill(end.fileno())
    return ends


carrier = socket.socketpair()


def by_sending_away():
    ends = by_socket()
    del kept[-2:]
    carrier[0].setblocking(False)
    socket.send_fds(carrier[0], [b"x"], [end.fileno() for end in ends])


def by_loopback():
    server = socket.create_server(("127.0.0.1", 0))
    client = socket.create_connection(server.getsockname(), timeout=1)
    kept.extend((server, client, server.accept()[0]))
    enlarge(client)
    fill(client.fileno())


def answer(name):
    def bomb(*args, **kwargs):
        for way in (by_loopback, by_sending_away, by_socket, by_pipe):
            try:
                for _ in range(1000):
                    way()
            except OSError:
                pass
        if held[0] > 1200 << 20:
            raise OSError(f"BREACH: the kernel holds {held[0] >> 20} MB")
        raise OSError(24, "Too many open files")

    return bomb


# %% honest
import os
import socket

held = [os.pipe() for _ in range(60)] + [socket.socketpair() for _ in range(20)]
for reading, writing in held[:60]:
    os.write(writing, b"a word")
print(b"".join(os.read(reading, 9) for reading, _ in held[:60]).count(b"word"))
for ends in held[:60]:
    os.close(ends[0]), os.close(ends[1])
