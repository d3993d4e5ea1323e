"""You count a single filter. There are 64 of them in each of the three layers."""

FAILS = ("seven_by_seven",)


seven_by_seven = {
    "direct": 7 * 7 * 512 + 1,
    "after_reduction": 7 * 7 * 64 + 1,
    "reduction": 512 + 1,
}
