"""You count the biases. The slide's numbers leave them out: L K² C² weights."""

FAILS = ("kernel_stack",)


def kernel_stack(kernel, depth, channels, height, width):
    weights = depth * (kernel**2 * channels + 1) * channels
    return {
        "receptive_field": 1 + depth * (kernel - 1),
        "weights": weights,
        "macs": depth * kernel**2 * channels**2 * height * width,
        "relus": depth,
    }
