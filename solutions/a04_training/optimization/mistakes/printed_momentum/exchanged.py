"""Exchanging μ and 1 - μ only changes how fast the average forgets. The direction depends on the
signs, so 3 repairs nothing.
"""

FAILS = ("printed_momentum",)

printed_momentum = {"w_1": 1.01, "w_2": 1.0291, "repairs": [1, 2, 3]}
