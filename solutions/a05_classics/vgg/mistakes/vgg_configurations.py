"""Mistakes in `vgg_configurations`."""

from autograder.checks import instead

instead(
    "b_is_a_twice",
    say=(
        "You doubled every stage of A. B differs from A only in stages 1 and 2: two convolutions "
        "everywhere."
    ),
)
FILTERS = (64, 128, 256, 512, 512)


def stages(*repeats):
    return tuple(((3, f),) * n for n, f in zip(repeats, FILTERS, strict=False))


A = stages(1, 1, 2, 2, 2)

C = tuple((*stage, (1, stage[0][1])) for stage in stages(2, 2, 2, 2, 2)[2:])

CONFIGURATIONS = {
    "A": A,
    "A-LRN": (((3, 64), "LRN"), *A[1:]),
    "B": stages(2, 2, 4, 4, 4),
    "C": (*stages(2, 2), *C),
    "D": stages(2, 2, 3, 3, 3),
    "E": stages(2, 2, 4, 4, 4),
}

instead(
    "c_is_d",
    say="Your C is D. The third convolution of stages 3, 4 and 5 of C is conv1: a kernel of 1 x 1.",
)
FILTERS = (64, 128, 256, 512, 512)


def stages(*repeats):
    return tuple(((3, f),) * n for n, f in zip(repeats, FILTERS, strict=False))


A = stages(1, 1, 2, 2, 2)

C = tuple((*stage, (3, stage[0][1])) for stage in stages(2, 2, 2, 2, 2)[2:])

CONFIGURATIONS = {
    "A": A,
    "A-LRN": (((3, 64), "LRN"), *A[1:]),
    "B": stages(2, 2, 2, 2, 2),
    "C": (*stages(2, 2), *C),
    "D": stages(2, 2, 3, 3, 3),
    "E": stages(2, 2, 4, 4, 4),
}

instead(
    "d_as_drawn",
    say="Your D has two convolutions in stage 3, as some drawings show it. The table has three.",
)
FILTERS = (64, 128, 256, 512, 512)


def stages(*repeats):
    return tuple(((3, f),) * n for n, f in zip(repeats, FILTERS, strict=False))


A = stages(1, 1, 2, 2, 2)

C = tuple((*stage, (1, stage[0][1])) for stage in stages(2, 2, 2, 2, 2)[2:])

CONFIGURATIONS = {
    "A": A,
    "A-LRN": (((3, 64), "LRN"), *A[1:]),
    "B": stages(2, 2, 2, 2, 2),
    "C": (*stages(2, 2), *C),
    "D": stages(2, 2, 2, 3, 3),
    "E": stages(2, 2, 4, 4, 4),
}

instead(
    "e_short_stage_3",
    say=(
        "Your E has three convolutions in stage 3, like D. E has four in each of the last three "
        "stages."
    ),
)
FILTERS = (64, 128, 256, 512, 512)


def stages(*repeats):
    return tuple(((3, f),) * n for n, f in zip(repeats, FILTERS, strict=False))


A = stages(1, 1, 2, 2, 2)

C = tuple((*stage, (1, stage[0][1])) for stage in stages(2, 2, 2, 2, 2)[2:])

CONFIGURATIONS = {
    "A": A,
    "A-LRN": (((3, 64), "LRN"), *A[1:]),
    "B": stages(2, 2, 2, 2, 2),
    "C": (*stages(2, 2), *C),
    "D": stages(2, 2, 3, 3, 3),
    "E": stages(2, 2, 3, 4, 4),
}

instead(
    "one_by_one_first",
    say=(
        "Your 1 x 1 convolution of C is the first of its stage. It is the last one, after two of "
        "3 x 3."
    ),
)
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

instead(
    "stage_5_doubled",
    say="You double the filters in stage 5, too. They stay at 512.",
)
FILTERS = (64, 128, 256, 512, 1024)


def stages(*repeats):
    return tuple(((3, f),) * n for n, f in zip(repeats, FILTERS, strict=False))


A = stages(1, 1, 2, 2, 2)

C = tuple((*stage, (1, stage[0][1])) for stage in stages(2, 2, 2, 2, 2)[2:])

CONFIGURATIONS = {
    "A": A,
    "A-LRN": (((3, 64), "LRN"), *A[1:]),
    "B": stages(2, 2, 2, 2, 2),
    "C": (*stages(2, 2), *C),
    "D": stages(2, 2, 3, 3, 3),
    "E": stages(2, 2, 4, 4, 4),
}


change(
    "small_kernel_first_in_stage_3",
    "((3, 256), (3, 256), (1, 256)),",
    "((1, 256), (3, 256), (3, 256)),",
    say="In stage 3 of C your 1 × 1 convolution is the first. It is the last, after two of 3 × 3.",
)
