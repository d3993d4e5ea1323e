"""Your number has the convolutions only. The printed one is for the whole network: add the three
dense layers.
"""

FAILS = ("erratum_e10",)

e10 = {"billions": 15.3466, "missing": "conv3_3"}
