"""You counted the doubled filters, but not that each of them now sees twice as many channels.
Parameters and MACs grow by 2 * 2.
"""

FAILS = ("doubling",)

doubling = {
    "sides": {"parameters": 1, "macs": 4, "memory": 4},
    "channels": {"parameters": 2, "macs": 2, "memory": 2},
    "batch": {"parameters": 1, "macs": 2, "memory": 2},
}
