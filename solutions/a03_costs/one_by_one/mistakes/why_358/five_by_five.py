"""You took the largest line. Subtract the sum of all six lines from the printed total: what is
left over is smaller than the 5 × 5.
"""

FAILS = ("why_358",)


why_358 = {"counted_twice": 5, "saving": 3.15}
