"""Those are the volumes behind the convolutions; the question is about the input, pool1 and pool2.
Read the rows behind the pools.
"""

FAILS = ("volume_claim",)

volume_claim = {"volumes": [784, 15680, 9800], "filters": [4, 16]}
