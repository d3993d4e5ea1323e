"""You left the biases out of the parameters. Every layer has one for each of its filters, and the
bottleneck has three layers.
"""

FAILS = ("bottleneck_costs",)


def bottleneck_costs(height, width, channels, filters, kernel, narrow):
    def cost(layers):
        parameters = sum(side**2 * before * after for side, before, after in layers)
        macs = height * width * sum(side**2 * before * after for side, before, after in layers)
        return {"parameters": parameters, "macs": macs}

    bottleneck = [
        (1, channels, narrow),
        (kernel, narrow, narrow),
        (1, narrow, filters),
    ]
    return {"direct": cost([(kernel, channels, filters)]), "bottleneck": cost(bottleneck)}
