"""Looks for sockets of services by path and in the abstract namespace, and connects to them.

Covers: A7
"""

# %% attack
import os
import socket

paths = ["/var/run/docker.sock", "/run/dbus/system_bus_socket", "/tmp/.X11-unix/X0"]
paths += ["\0/tmp/.X11-unix/X0", "\0/containerd-shim", "\0dbus"]
with open("/proc/self/net/unix") as table:
    paths += [line.split()[-1].replace("@", "\0") for line in table if "/" in line or "@" in line]
for path in paths:
    try:
        socket.socket(socket.AF_UNIX).connect(path)
        print("BREACH: connected to", path)
    except OSError:
        pass

# %% honest
import socket

server = socket.socket(socket.AF_UNIX)
server.bind("/scratch/own.sock")
server.listen(1)
client = socket.socket(socket.AF_UNIX)
client.connect("/scratch/own.sock")
print("connected to itself")
