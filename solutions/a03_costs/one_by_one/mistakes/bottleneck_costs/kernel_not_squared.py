"""You count K weights for a filter and map. A filter of K × K has K² of them."""

FAILS = ("bottleneck_costs",)


def bottleneck_costs(height, width, channels, filters, kernel, narrow):
    def cost(layers):
        parameters = sum((side * before + 1) * after for side, before, after in layers)
        macs = height * width * sum(side * before * after for side, before, after in layers)
        return {"parameters": parameters, "macs": macs}

    bottleneck = [
        (1, channels, narrow),
        (kernel, narrow, narrow),
        (1, narrow, filters),
    ]
    return {"direct": cost([(kernel, channels, filters)]), "bottleneck": cost(bottleneck)}
