"""You divide both the maps and the filters by the number of groups: that is one group. There are
`groups` of them, so one factor remains."""

FAILS = ("grouped_cost",)


def grouped_cost(side, channels, filters, groups, pixels):
    weights = side * side * (channels // groups) * (filters // groups)
    return {"parameters": weights + filters, "macs": pixels * weights}
