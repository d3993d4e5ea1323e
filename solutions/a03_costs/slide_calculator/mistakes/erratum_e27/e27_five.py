"""You suspect the 5 × 5 convolution. Add it once more to the right total and you are far above the
printed one; another layer fits exactly.
"""

FAILS = ("erratum_e27",)

e27 = {"millions": 271.35, "counted_twice": "5x5", "saving": 3.148}
