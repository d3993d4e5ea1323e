"""You pool after every convolution. VGG pools once at the end of each stage: the pooling belongs
outside the inner loop.
"""

FAILS = ("vgg_layers",)


def vgg(stages, hidden=4096, classes=1000):
    layers = []
    for stage, filters in enumerate(stages, start=1):
        for number, count in enumerate(filters, start=1):
            kernel = 3 if count > 0 else 1
            name = f"conv{stage}_{number}"
            layers.append(conv(name, abs(count), kernel, padding=(kernel - 1) // 2))
            layers.append(pool(f"pool{stage}", 2, 2))
    return [*layers, dense("FC6", hidden), dense("FC7", hidden), dense("FC8", classes)]
