"""Your middle layer already turns n maps into F, and the 1 × 1 layer after it F into F. The middle
stays narrow: n to n.
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
        (1, filters, filters),
    ]
    return {"direct": cost([(kernel, channels, filters)]), "bottleneck": cost(bottleneck)}
