"""You divided by the printed total. The saving is that of the right total, and it is larger."""

FAILS = ("erratum_e27",)

e27 = {"millions": 271.35, "counted_twice": "3x3", "saving": 2.386}
