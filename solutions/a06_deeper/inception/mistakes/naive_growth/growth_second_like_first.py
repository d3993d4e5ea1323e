"""You let the second module grow by 256 maps again, but its pooling passes on all 672 maps of the
first one. Add 128 + 192 + 96 to 672.
"""

FAILS = ("naive_growth",)

naive_growth = {"depth": 672, "values": 526848, "depth_after_two": 672}
