"""You count an ordinary convolution. In a group each filter sees `channels // groups` maps."""

FAILS = ("grouped_cost",)


def grouped_cost(side, channels, filters, groups, pixels):
    weights = side * side * channels * filters
    return {"parameters": weights + filters, "macs": pixels * weights}
