"""You say that the memory stays the same. A quarter of the positions with twice the channels is
half of the memory: read the column again.
"""

FAILS = ("why_channels_double",)

why_channels_double = 3
