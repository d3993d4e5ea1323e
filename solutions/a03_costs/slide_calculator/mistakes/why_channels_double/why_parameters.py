"""You say that the parameters stay the same. Twice the filters that each see twice the channels
have four times the weights: read the column again.
"""

FAILS = ("why_channels_double",)

why_channels_double = 1
