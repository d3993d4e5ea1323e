"""You believe in the copies behind every ReLU. Count them: with them the sum is larger than the
printed one.
"""

FAILS = ("erratum_e24",)

e24 = {"millions": 15.24, "explained_by": "copies"}
