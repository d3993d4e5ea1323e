"""You miss conv5_3. On maps of 14 × 14 it takes a quarter of the operations that the printed
number lacks.
"""

FAILS = ("erratum_e10",)

e10 = {"billions": 15.47, "missing": "conv5_3"}
