"""Half the height and half the width leave a quarter of the values, so the number of maps must
grow by 4 at each stage, not by 2.
"""

FAILS = ("volume_claim",)

volume_claim = {"volumes": [784, 3920, 2450], "filters": [2, 4]}
