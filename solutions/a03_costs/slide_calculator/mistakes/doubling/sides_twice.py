"""You let work and memory grow with one side. Height and width both double, so there are four
times as many positions.
"""

FAILS = ("doubling",)

doubling = {
    "sides": {"parameters": 1, "macs": 2, "memory": 2},
    "channels": {"parameters": 4, "macs": 4, "memory": 2},
    "batch": {"parameters": 1, "macs": 2, "memory": 2},
}
