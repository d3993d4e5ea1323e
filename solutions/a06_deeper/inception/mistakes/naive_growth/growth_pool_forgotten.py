"""You count the filters and forget the pooling. It passes on all maps of its input, and they are
concatenated, too.
"""

FAILS = ("naive_growth",)

naive_growth = {"depth": 416, "values": 526848, "depth_after_two": 416}
