"""You counted the shared weights once for each output. Sharing means that all 16 outputs use
the same nine numbers: count them once.
"""

FAILS = ("less_parameters",)

less_parameters = {"fully_connected": 36 * 16, "local": 16 * 9, "shared": 16 * 9, "reason": 2}
