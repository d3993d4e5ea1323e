"""One of the small 1 × 1 lines is not enough: it has about 13 million multiply-adds, and the
printed total is too high by almost 87.
"""

FAILS = ("why_358",)


why_358 = {"counted_twice": 1, "saving": 3.15}
