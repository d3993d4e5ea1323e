"""You multiply by the 256 × 256 pixels. That gives multiply-adds; the parameters are shared by all
pixels.
"""

FAILS = ("seven_by_seven",)


seven_by_seven = {
    "direct": 256 * 256 * 7 * 7 * 512 * 64,
    "after_reduction": 256 * 256 * 7 * 7 * 64 * 64,
    "reduction": 256 * 256 * 512 * 64,
}
