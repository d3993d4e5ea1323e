"""You counted each pixel once, as if the windows did not overlap. The pixel in row 2, column 2
lies in all four windows, and each of them adds its 1.
"""

FAILS = ("overlap",)


overlap = {"top_left": 1, "middle": 1, "last": 0, "db": 4}
