"""You gave the gradient of the tie to the last maximum. Reading row by row from the top left, the 4
at (2, 2) comes before the 4 at (3, 3).
"""

FAILS = ("first_maximum",)

first_maximum = {"tie": (3, 3), "eight": 3, "ten": 7}
