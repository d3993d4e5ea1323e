"""You count 7 × 7 weights for a filter whatever the number of maps. A filter is as deep as its
input: it has 7 × 7 weights for each map.
"""

FAILS = ("seven_by_seven",)


seven_by_seven = {
    "direct": (7 * 7 + 1) * 64,
    "after_reduction": (7 * 7 + 1) * 64,
    "reduction": (1 + 1) * 64,
}
