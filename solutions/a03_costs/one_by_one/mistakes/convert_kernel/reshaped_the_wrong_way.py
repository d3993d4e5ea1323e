"""You reshape to `(1, 1, units, channels)`. That mixes the weights of different filters without
any error message: keep the channels before the units.
"""

FAILS = ("convert_kernel",)


def convert_kernel(kernel):
    if kernel.ndim == 2:
        channels, units = kernel.shape
        return kernel.reshape(1, 1, units, channels)
    if kernel.shape[:2] != (1, 1):
        raise ValueError("not 1 x 1")
    channels, units = kernel.shape[2:]
    return kernel.reshape(units, channels)
