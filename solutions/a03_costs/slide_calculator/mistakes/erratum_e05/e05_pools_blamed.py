"""You blame the poolings. Without them the sum would still be far above the printed total; look at
the digits of the right sum and of the printed one.
"""

FAILS = ("erratum_e05",)

e05 = {"millions": 480.84, "went_wrong": "pools"}
