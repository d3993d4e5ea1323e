"""You predicted the map of stride 1. With stride 2 the window moves by two pixels each time, so
it stands at 0 and 2 only, in both directions.
"""

FAILS = ("stride_two",)

stride_two = {"shape": (4, 4), "top_left": 3, "bottom_right": -1}
