"""Your bottleneck ends with the large filters. They turn n maps into n, and the 1 × 1 filters
after them expand to F.
"""

FAILS = ("bottleneck_costs",)


def bottleneck_costs(height, width, channels, filters, kernel, narrow):
    def cost(layers):
        parameters = sum((side**2 * before + 1) * after for side, before, after in layers)
        macs = height * width * sum(side**2 * before * after for side, before, after in layers)
        return {"parameters": parameters, "macs": macs}

    bottleneck = [
        (1, channels, narrow),
        (kernel, narrow, filters),
    ]
    return {"direct": cost([(kernel, channels, filters)]), "bottleneck": cost(bottleneck)}
