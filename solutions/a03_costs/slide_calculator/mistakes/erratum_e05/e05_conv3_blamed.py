"""You blame the last convolution. Its own row is printed right and is part of the sum; look at the
digits of the right sum and of the printed one.
"""

FAILS = ("erratum_e05",)

e05 = {"millions": 480.84, "went_wrong": "conv3"}
