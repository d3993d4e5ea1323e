"""You say that overlapping windows are the reason. They would overlap with sixteen different
filters too; one filter may serve everywhere because a pattern looks the same wherever it
stands.
"""

FAILS = ("less_parameters",)

less_parameters = {"fully_connected": 36 * 16, "local": 16 * 9, "shared": 9, "reason": 1}
