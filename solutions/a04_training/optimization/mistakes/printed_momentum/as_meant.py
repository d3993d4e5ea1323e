"""You worked out what the recipe should do, not what it prints. With p = -0.1 the step is 1 - 0.1
· (-0.1), which is more than 1.
"""

FAILS = ("printed_momentum",)

printed_momentum = {"w_1": 0.99, "w_2": 0.9711, "repairs": [1, 2]}
