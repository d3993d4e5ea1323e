"""The volume is height × width × channels; you left out the channels."""

FAILS = ("volume_claim",)

volume_claim = {"volumes": [784, 196, 49], "filters": [4, 16]}
