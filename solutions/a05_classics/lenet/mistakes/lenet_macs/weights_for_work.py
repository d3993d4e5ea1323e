"""You counted the weights of the convolutions. Each weight is used at every place where its filter
stands: multiply by the 28 × 28 or 14 × 14 places.
"""

FAILS = ("lenet_macs",)

lenet_macs = {
    "conv1": 500,
    "conv2": 25_000,
    "linear1": 2450 * 500,
    "linear2": 500 * 10,
}
