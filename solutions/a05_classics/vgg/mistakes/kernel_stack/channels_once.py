"""Your filters see one map. Each of the C filters has a kernel for each of the C maps before
it, so C counts twice.
"""

FAILS = ("kernel_stack",)


def kernel_stack(kernel, depth, channels, height, width):
    weights = depth * kernel**2 * channels
    return {
        "receptive_field": 1 + depth * (kernel - 1),
        "weights": weights,
        "macs": weights * height * width,
        "relus": depth,
    }
