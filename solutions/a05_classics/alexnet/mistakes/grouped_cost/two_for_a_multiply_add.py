"""You count a multiplication and an addition as two. On the slides a multiply-add is one."""

FAILS = ("grouped_cost",)


def grouped_cost(side, channels, filters, groups, pixels):
    weights = side * side * (channels // groups) * filters
    return {"parameters": weights + filters, "macs": 2 * pixels * weights}
