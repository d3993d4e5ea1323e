"""You let the parameters grow with the image. The same small filters slide over a larger image:
their number and size stay as they are.
"""

FAILS = ("doubling",)

doubling = {
    "sides": {"parameters": 4, "macs": 4, "memory": 4},
    "channels": {"parameters": 4, "macs": 4, "memory": 2},
    "batch": {"parameters": 1, "macs": 2, "memory": 2},
}
