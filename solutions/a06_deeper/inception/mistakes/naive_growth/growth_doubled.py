"""You doubled the first result. The filters add 416 maps each time; only the pooling passes on
what was there.
"""

FAILS = ("naive_growth",)

naive_growth = {"depth": 672, "values": 526848, "depth_after_two": 1344}
