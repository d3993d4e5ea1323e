"""You count the weights of one layer. The stack has as many again for each of its layers:
multiply by the depth.
"""

FAILS = ("kernel_stack",)


def kernel_stack(kernel, depth, channels, height, width):
    weights = kernel**2 * channels**2
    return {
        "receptive_field": 1 + depth * (kernel - 1),
        "weights": weights,
        "macs": weights * height * width,
        "relus": depth,
    }
