"""You count 32 × 32 pixels in every stage. The maps of stages 2 and 3 have 16 × 16 and 8 × 8
pixels."""

FAILS = ("cifar_costs",)


def cifar_costs(n):
    parameters, macs = (0, 0)

    def add(pixels, kernel, channels, filters):
        nonlocal parameters, macs
        parameters += kernel**2 * channels * filters + 2 * filters
        macs += pixels * kernel**2 * channels * filters

    add(32 * 32, 3, 3, 16)
    channels = 16
    for filters in (16, 32, 64):
        for _ in range(2 * n):
            add(32 * 32, 3, channels, filters)
            channels = filters
    return {"parameters": parameters + 64 * 10 + 10, "macs": macs + 64 * 10}
