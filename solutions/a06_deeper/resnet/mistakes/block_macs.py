"""Mistakes in `block_macs`."""

from autograder.checks import change

change(
    "macs_basic_once",
    'return {"basic": 2 * 9 * square, "bottleneck": (4 + 9 + 4) * square}',
    'return {"basic": 9 * square, "bottleneck": (4 + 9 + 4) * square}',
    say=(
        "You count one convolution of the basic block. It has two of 3 × 3, with 9 C² for every "
        "pixel each."
    ),
)

change(
    "macs_bottleneck_one_way",
    'return {"basic": 2 * 9 * square, "bottleneck": (4 + 9 + 4) * square}',
    'return {"basic": 2 * 9 * square, "bottleneck": (4 + 9) * square}',
    say=(
        "You count one of the two 1 × 1 convolutions. Reducing from 4C to C and expanding from C "
        "to 4C cost 4 C² each."
    ),
)

change(
    "macs_bottleneck_wide",
    'return {"basic": 2 * 9 * square, "bottleneck": (4 + 9 + 4) * square}',
    'return {"basic": 2 * 9 * square, "bottleneck": (4 + 9 * 16 + 4) * square}',
    say=(
        "Your 3 × 3 convolution works on 4C channels. The first 1 × 1 has reduced them to C "
        "before: 9 C² for every pixel."
    ),
)

change(
    "macs_without_pixels",
    "square = height * width * channels**2",
    "square = channels**2",
    say=(
        "You count weights. Every weight is used once for every pixel: multiply by height and "
        "width."
    ),
)

change(
    "macs_kernel_side",
    '"basic": 2 * 9 * square, "bottleneck": (4 + 9 + 4) * square',
    '"basic": 2 * 3 * square, "bottleneck": (4 + 3 + 4) * square',
    say="You count 3 weights for a window of 3 × 3. It has 9.",
)


change(
    "macs_two_for_one",
    '"basic": 2 * 9 * square, "bottleneck": (4 + 9 + 4) * square',
    '"basic": 4 * 9 * square, "bottleneck": 2 * (4 + 9 + 4) * square',
    say="You count a multiply-add as two operations. Here it counts as one.",
)


change(
    "macs_middle_wide",
    "(4 + 9 + 4) * square",
    "(4 + 36 + 4) * square",
    say=(
        "You count the 3 × 3 of the bottleneck with 4C maps on one side. It stands between the two "
        "1 × 1: C maps come in and C go out."
    ),
)
