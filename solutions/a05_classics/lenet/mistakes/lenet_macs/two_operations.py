"""You counted a multiplication and an addition as two. The slides, and this course, count one
multiply-add.
"""

FAILS = ("lenet_macs",)

lenet_macs = {
    "conv1": 2 * 28 * 28 * 5 * 5 * 1 * 20,
    "conv2": 2 * 14 * 14 * 5 * 5 * 20 * 50,
    "linear1": 2 * 2450 * 500,
    "linear2": 2 * 500 * 10,
}
