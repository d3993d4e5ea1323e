"""You counted the windows of stride 1. With stride 2 a window begins only in rows and columns 0
and 2: there are four of them.
"""

FAILS = ("overlap",)


overlap = {"top_left": 1, "middle": 9, "last": 1, "db": 16}
