"""You found one of the changes that repair the recipe, but there is a second one. Either of the
two minus signs may become a plus.
"""

FAILS = ("printed_momentum",)

printed_momentum = {"w_1": 1.01, "w_2": 1.0291, "repairs": [1]}
