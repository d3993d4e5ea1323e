"""You gave each image of the batch weights of its own. All images use the same network: the
parameters stay.
"""

FAILS = ("doubling",)

doubling = {
    "sides": {"parameters": 1, "macs": 4, "memory": 4},
    "channels": {"parameters": 4, "macs": 4, "memory": 2},
    "batch": {"parameters": 2, "macs": 2, "memory": 2},
}
