"""With P = 2 the maps keep their size, 28 × 28 and 14 × 14; you counted the places of convolutions
without padding.
"""

FAILS = ("lenet_macs",)

lenet_macs = {
    "conv1": 24 * 24 * 5 * 5 * 1 * 20,
    "conv2": 10 * 10 * 5 * 5 * 20 * 50,
    "linear1": 2450 * 500,
    "linear2": 500 * 10,
}
