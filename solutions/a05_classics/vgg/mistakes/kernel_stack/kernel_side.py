"""You count K weights for a kernel. It is a square of K x K."""

FAILS = ("kernel_stack",)


def kernel_stack(kernel, depth, channels, height, width):
    weights = depth * kernel * channels**2
    return {
        "receptive_field": 1 + depth * (kernel - 1),
        "weights": weights,
        "macs": weights * height * width,
        "relus": depth,
    }
