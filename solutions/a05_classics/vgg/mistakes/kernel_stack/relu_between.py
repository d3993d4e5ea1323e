"""You count the ReLUs between the layers. There is one after every convolution, the last one
too.
"""

FAILS = ("kernel_stack",)


def kernel_stack(kernel, depth, channels, height, width):
    weights = depth * kernel**2 * channels**2
    return {
        "receptive_field": 1 + depth * (kernel - 1),
        "weights": weights,
        "macs": weights * height * width,
        "relus": depth - 1,
    }
