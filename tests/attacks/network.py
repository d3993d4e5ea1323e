"""Asks the network: addresses, names, the machine's own services, and sockets of every family.

Covers: A7
"""

# %% attack
import socket

for target in (("1.1.1.1", 53), ("127.0.0.1", 22), ("127.0.0.1", 80), ("169.254.169.254", 80)):
    try:
        socket.create_connection(target, timeout=0.5)
        print("BREACH: reached", target)
    except OSError:
        pass
try:
    print("BREACH: resolved", socket.gethostbyname("example.org"))
except OSError:
    pass
try:
    import urllib.request

    urllib.request.urlopen("http://example.org", timeout=0.5)
    print("BREACH: fetched")
except OSError:
    pass
for family in range(64):
    if family in (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK):
        continue
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        try:
            socket.socket(family, kind).close()
            print("BREACH: a socket of family", family)
        except OSError:
            pass
datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
try:
    datagrams.sendto(b"x", ("192.0.2.1", 53))
    print("BREACH: sent a datagram")
except OSError:
    pass

# %% honest
import socket

here, there = socket.socketpair()
here.sendall(b"hello")
print(there.recv(5))
try:
    socket.create_connection(("192.0.2.1", 80), timeout=0.5)
except OSError:
    print("no network: uses the data that is here")
