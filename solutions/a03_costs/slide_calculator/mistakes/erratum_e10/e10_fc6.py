"""You miss FC6. It takes far fewer operations than the difference between the right number and the
printed one.
"""

FAILS = ("erratum_e10",)

e10 = {"billions": 15.47, "missing": "FC6"}
