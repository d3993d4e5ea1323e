"""You gave every pixel of the image a window. There is one window for each output, and the map
has only 4 × 4 of them.
"""

FAILS = ("less_parameters",)

less_parameters = {"fully_connected": 36 * 16, "local": 36 * 9, "shared": 9, "reason": 2}
