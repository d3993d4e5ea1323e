"""You reduce after the large filters, so these still work on all C maps, which is the expensive
part. The reduction comes first.
"""

FAILS = ("bottleneck_costs",)


def bottleneck_costs(height, width, channels, filters, kernel, narrow):
    def cost(layers):
        parameters = sum((side**2 * before + 1) * after for side, before, after in layers)
        macs = height * width * sum(side**2 * before * after for side, before, after in layers)
        return {"parameters": parameters, "macs": macs}

    bottleneck = [
        (kernel, channels, narrow),
        (1, narrow, narrow),
        (1, narrow, filters),
    ]
    return {"direct": cost([(kernel, channels, filters)]), "bottleneck": cost(bottleneck)}
