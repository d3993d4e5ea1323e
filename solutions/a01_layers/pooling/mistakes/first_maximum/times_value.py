"""You multiplied the gradient by the value of the pixel. The derivative of a maximum with respect
to its largest pixel is 1, whatever the value: the gradients are only added.
"""

FAILS = ("first_maximum",)

first_maximum = {"tie": (2, 2), "eight": 8 * 3, "ten": 10 * 7}
