"""Changing both signs brings back what you started from: two pluses climb as two minuses do. Only
one of the two may change.
"""

FAILS = ("printed_momentum",)

printed_momentum = {"w_1": 1.01, "w_2": 1.0291, "repairs": [1, 2, 4]}
