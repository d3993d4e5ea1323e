"""You believe in a million of 1024 * 1024. Dividing by more makes the number smaller, and the
printed one is too large.
"""

FAILS = ("erratum_e24",)

e24 = {"millions": 15.24, "explained_by": "kilo"}
