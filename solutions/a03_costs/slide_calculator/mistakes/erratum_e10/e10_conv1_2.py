"""You found a layer with the right number of operations, and so have several. The drawing tells
them apart: it shows a stage 3 with two convolutions, so the third one is missing.
"""

FAILS = ("erratum_e10",)

e10 = {"billions": 15.47, "missing": "conv1_2"}
