"""You copied the slide's 529k. It is a slip (E26): multiply 28 by 28 by 672."""

FAILS = ("naive_growth",)

naive_growth = {"depth": 672, "values": 529000, "depth_after_two": 1088}
