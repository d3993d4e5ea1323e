"""You count adding a bias as a multiply-add. On the slides only the products with weights count."""

FAILS = ("grouped_cost",)


def grouped_cost(side, channels, filters, groups, pixels):
    weights = side * side * (channels // groups) * filters
    return {"parameters": weights + filters, "macs": pixels * (weights + filters)}
