"""You left out batch normalization. Each one has a gamma and a beta for every channel: 2 C
trainable parameters."""

FAILS = ("cifar_costs",)


def cifar_costs(n):
    parameters, macs = (0, 0)

    def add(pixels, kernel, channels, filters):
        nonlocal parameters, macs
        parameters += kernel**2 * channels * filters
        macs += pixels * kernel**2 * channels * filters

    add(32 * 32, 3, 3, 16)
    channels = 16
    for side, filters in [(32, 16), (16, 32), (8, 64)]:
        for _ in range(2 * n):
            add(side * side, 3, channels, filters)
            channels = filters
    return {"parameters": parameters + 64 * 10 + 10, "macs": macs + 64 * 10}
