"""You left the biases out. Each of the 64 filters has one, so each count is 64 higher."""

FAILS = ("seven_by_seven",)


seven_by_seven = {
    "direct": 7 * 7 * 512 * 64,
    "after_reduction": 7 * 7 * 64 * 64,
    "reduction": 512 * 64,
}
