"""You count the multiply-adds at one place. They are needed at each of the H x W pixels."""

FAILS = ("kernel_stack",)


def kernel_stack(kernel, depth, channels, height, width):
    weights = depth * kernel**2 * channels**2
    return {
        "receptive_field": 1 + depth * (kernel - 1),
        "weights": weights,
        "macs": weights,
        "relus": depth,
    }
