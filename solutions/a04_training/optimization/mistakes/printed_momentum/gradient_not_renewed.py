"""You used the first gradient for the second step too. The gradient is w, and w is 1.01 by then."""

FAILS = ("printed_momentum",)

printed_momentum = {"w_1": 1.01, "w_2": 1.029, "repairs": [1, 2]}
