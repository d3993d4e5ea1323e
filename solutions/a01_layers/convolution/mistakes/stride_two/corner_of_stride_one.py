"""You took the bottom right value of the stride 1 map. With stride 2 the last window starts at
row 2 and column 2, which is the value [2, 2] of the stride 1 map.
"""

FAILS = ("stride_two",)

stride_two = {"shape": (2, 2), "top_left": 3, "bottom_right": -1}
