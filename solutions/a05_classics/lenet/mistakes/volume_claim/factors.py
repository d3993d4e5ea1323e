"""4 is the factor from stage to stage, and conv2 starts from the 4 maps of conv1: it needs 4 × 4
filters.
"""

FAILS = ("volume_claim",)

volume_claim = {"volumes": [784, 3920, 2450], "filters": [4, 4]}
