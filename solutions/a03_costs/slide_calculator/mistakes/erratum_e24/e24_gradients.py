"""You believe in the gradients. They would double the sum, and twice the right number is more than
the printed one.
"""

FAILS = ("erratum_e24",)

e24 = {"millions": 15.24, "explained_by": "gradients"}
