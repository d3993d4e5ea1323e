"""A filter of conv2 looks at all 20 maps of pool1, not at one of them: its window has 5 × 5 × 20
values.
"""

FAILS = ("lenet_macs",)

lenet_macs = {
    "conv1": 28 * 28 * 5 * 5 * 1 * 20,
    "conv2": 14 * 14 * 5 * 5 * 50,
    "linear1": 2450 * 500,
    "linear2": 500 * 10,
}
