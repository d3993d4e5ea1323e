"""You make 3 × 3 convolutions of the negative numbers as well. A negative number stands for a 1 ×
1 convolution.
"""

FAILS = ("vgg_layers",)


def vgg(stages, hidden=4096, classes=1000):
    layers = []
    for stage, filters in enumerate(stages, start=1):
        for number, count in enumerate(filters, start=1):
            kernel = 3
            name = f"conv{stage}_{number}"
            layers.append(conv(name, abs(count), kernel, padding=(kernel - 1) // 2))
        layers.append(pool(f"pool{stage}", 2, 2))
    return [*layers, dense("FC6", hidden), dense("FC7", hidden), dense("FC8", classes)]
