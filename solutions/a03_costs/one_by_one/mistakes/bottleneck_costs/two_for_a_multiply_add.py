"""You count a multiply-add as two operations. In this course, as on the slides, it counts as one."""

FAILS = ("bottleneck_costs",)


def bottleneck_costs(height, width, channels, filters, kernel, narrow):
    def cost(layers):
        parameters = sum((side**2 * before + 1) * after for side, before, after in layers)
        macs = 2 * height * width * sum(side**2 * before * after for side, before, after in layers)
        return {"parameters": parameters, "macs": macs}

    bottleneck = [
        (1, channels, narrow),
        (kernel, narrow, narrow),
        (1, narrow, filters),
    ]
    return {"direct": cost([(kernel, channels, filters)]), "bottleneck": cost(bottleneck)}
