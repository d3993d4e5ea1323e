"""You forgot the biases. Each of the filters has one."""

FAILS = ("grouped_cost",)


def grouped_cost(side, channels, filters, groups, pixels):
    weights = side * side * (channels // groups) * filters
    return {"parameters": weights, "macs": pixels * weights}
