"""You kept the gradient of one window only. A pixel that is the maximum of two windows gets the sum
of their gradients.
"""

FAILS = ("first_maximum",)

first_maximum = {"tie": (2, 2), "eight": 2, "ten": 4}
