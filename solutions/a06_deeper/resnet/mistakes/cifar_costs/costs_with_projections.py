"""You count projections in stages 2 and 3. With option A the shortcuts have no weights and no
multiply-adds."""

FAILS = ("cifar_costs",)


def cifar_costs(n):
    parameters, macs = (0, 0)

    def add(pixels, kernel, channels, filters):
        nonlocal parameters, macs
        parameters += kernel**2 * channels * filters + 2 * filters
        macs += pixels * kernel**2 * channels * filters

    add(32 * 32, 3, 3, 16)
    channels = 16
    for side, filters in [(32, 16), (16, 32), (8, 64)]:
        for _ in range(2 * n):
            if channels != filters:
                add(side * side, 1, channels, filters)
            add(side * side, 3, channels, filters)
            channels = filters
    return {"parameters": parameters + 64 * 10 + 10, "macs": macs + 64 * 10}
