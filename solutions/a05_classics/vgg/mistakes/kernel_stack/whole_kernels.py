"""You add the whole side of the kernel for every layer. The first layer sees K pixels, and
each one after it only K - 1 more.
"""

FAILS = ("kernel_stack",)


def kernel_stack(kernel, depth, channels, height, width):
    weights = depth * kernel**2 * channels**2
    return {
        "receptive_field": depth * kernel,
        "weights": weights,
        "macs": weights * height * width,
        "relus": depth,
    }
