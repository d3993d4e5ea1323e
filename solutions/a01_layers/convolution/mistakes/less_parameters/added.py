"""You added inputs and outputs of the fully connected layer. Every one of the 36 inputs has a
weight to every one of the 16 outputs, so multiply.
"""

FAILS = ("less_parameters",)

less_parameters = {"fully_connected": 36 + 16, "local": 16 * 9, "shared": 9, "reason": 2}
