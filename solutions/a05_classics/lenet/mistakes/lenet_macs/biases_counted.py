"""You counted one operation for each bias as well. Here only the products are counted: 5 × 5 ×
channels for each value of a convolution, one for each weight of a linear layer.
"""

FAILS = ("lenet_macs",)

lenet_macs = {
    "conv1": 28 * 28 * (5 * 5 * 1 + 1) * 20,
    "conv2": 14 * 14 * (5 * 5 * 20 + 1) * 50,
    "linear1": 2451 * 500,
    "linear2": 501 * 10,
}
