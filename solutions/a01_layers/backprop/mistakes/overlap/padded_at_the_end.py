"""You let a window reach the last pixel. Windows begin at 0 and 2 and end at 4: row 5 and column 5
are never seen, so their gradient is 0.
"""

FAILS = ("overlap",)


overlap = {"top_left": 1, "middle": 4, "last": 1, "db": 4}
