"""Your 1 x 1 convolution of C is the first of its stage. It is the last one, behind two of 3 x
3.
"""

FAILS = ("vgg_configurations",)


FILTERS = (64, 128, 256, 512, 512)


def stages(*repeats):
    return tuple(((3, f),) * n for n, f in zip(repeats, FILTERS, strict=False))


A = stages(1, 1, 2, 2, 2)
C = tuple(((1, stage[0][1]), *stage) for stage in stages(2, 2, 2, 2, 2)[2:])
CONFIGURATIONS = {
    "A": A,
    "A-LRN": (((3, 64), "LRN"), *A[1:]),
    "B": stages(2, 2, 2, 2, 2),
    "C": (*stages(2, 2), *C),
    "D": stages(2, 2, 3, 3, 3),
    "E": stages(2, 2, 4, 4, 4),
}
