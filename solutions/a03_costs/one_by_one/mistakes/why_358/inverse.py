"""You give the share that is left, not the saving. How many times fewer is the naive total divided
by the other: more than 1.
"""

FAILS = ("why_358",)


why_358 = {"counted_twice": 4, "saving": 0.32}
