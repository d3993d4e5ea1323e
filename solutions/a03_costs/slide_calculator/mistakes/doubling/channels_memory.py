"""You let the memory grow by 4 with the channels. Memory counts what the layer puts out, and that
has twice as many channels.
"""

FAILS = ("doubling",)

doubling = {
    "sides": {"parameters": 1, "macs": 4, "memory": 4},
    "channels": {"parameters": 4, "macs": 4, "memory": 4},
    "batch": {"parameters": 1, "macs": 2, "memory": 2},
}
