"""You gave the bias the gradient of a single window. The same bias is added at all four outputs,
so it collects four times 1.
"""

FAILS = ("overlap",)


overlap = {"top_left": 1, "middle": 4, "last": 0, "db": 1}
