"""You divide the biases by the number of groups, too. There are still `filters` output maps, and
each has a bias."""

FAILS = ("grouped_cost",)


def grouped_cost(side, channels, filters, groups, pixels):
    weights = side * side * (channels // groups) * filters
    return {"parameters": weights + filters // groups, "macs": pixels * weights}
