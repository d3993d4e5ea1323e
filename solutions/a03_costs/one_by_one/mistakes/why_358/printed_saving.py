"""You divide by the printed total. Take the extra 3 × 3 term out of it first: the real saving is
larger.
"""

FAILS = ("why_358",)


why_358 = {"counted_twice": 4, "saving": 2.39}
