"""You started the second step with p = 0 again. 0.9 of the old p remains: p = 0.9 · (-0.1) - 0.1 ·
1.01.
"""

FAILS = ("printed_momentum",)

printed_momentum = {"w_1": 1.01, "w_2": 1.0201, "repairs": [1, 2]}
