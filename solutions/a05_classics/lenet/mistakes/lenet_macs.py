"""Mistakes in `lenet_macs`."""

from autograder.checks import change

change(
    "biases_counted",
    """
    "conv1": 28 * 28 * 5 * 5 * 1 * 20,
    "conv2": 14 * 14 * 5 * 5 * 20 * 50,
    "linear1": 2450 * 500,
    "linear2": 500 * 10,
    """,
    """
    "conv1": 28 * 28 * (5 * 5 * 1 + 1) * 20,
    "conv2": 14 * 14 * (5 * 5 * 20 + 1) * 50,
    "linear1": 2451 * 500,
    "linear2": 501 * 10,
    """,
    say=(
        "You counted one operation for each bias as well. Here only the products are counted: 5 × "
        "5 × channels for each value of a convolution, one for each weight of a linear layer."
    ),
)

change(
    "one_channel",
    '"conv2": 14 * 14 * 5 * 5 * 20 * 50,',
    '"conv2": 14 * 14 * 5 * 5 * 50,',
    say=(
        "A filter of conv2 looks at all 20 maps of pool1, not at one of them: its window has 5 × 5 "
        "× 20 values."
    ),
)

change(
    "pool_forgotten",
    '"conv2": 14 * 14 * 5 * 5 * 20 * 50,',
    '"conv2": 28 * 28 * 5 * 5 * 20 * 50,',
    say="conv2 works after pool1, on 14 × 14 places; you let it work on 28 × 28.",
)

change(
    "two_operations",
    """
    "conv1": 28 * 28 * 5 * 5 * 1 * 20,
    "conv2": 14 * 14 * 5 * 5 * 20 * 50,
    "linear1": 2450 * 500,
    "linear2": 500 * 10,
    """,
    """
    "conv1": 2 * 28 * 28 * 5 * 5 * 1 * 20,
    "conv2": 2 * 14 * 14 * 5 * 5 * 20 * 50,
    "linear1": 2 * 2450 * 500,
    "linear2": 2 * 500 * 10,
    """,
    say=(
        "You counted a multiplication and an addition as two. The slides, and this course, count "
        "one multiply-add."
    ),
)

change(
    "weights_for_work",
    """
    "conv1": 28 * 28 * 5 * 5 * 1 * 20,
    "conv2": 14 * 14 * 5 * 5 * 20 * 50,
    """,
    """
    "conv1": 500,
    "conv2": 25_000,
    """,
    say=(
        "You counted the weights of the convolutions. Each weight is used at every place where its "
        "filter stands: multiply by the 28 × 28 or 14 × 14 places."
    ),
)

change(
    "without_padding",
    """
    "conv1": 28 * 28 * 5 * 5 * 1 * 20,
    "conv2": 14 * 14 * 5 * 5 * 20 * 50,
    """,
    """
    "conv1": 24 * 24 * 5 * 5 * 1 * 20,
    "conv2": 10 * 10 * 5 * 5 * 20 * 50,
    """,
    say=(
        "With P = 2 the maps keep their size, 28 × 28 and 14 × 14; you counted the places of "
        "convolutions without padding."
    ),
)


change(
    "conv2_after_its_pool",
    "14 * 14 * 5 * 5 * 20 * 50",
    "7 * 7 * 5 * 5 * 20 * 50",
    say=(
        "You count conv2 at 7 × 7 places, as many as its pooling leaves. The convolution comes "
        "first and computes 14 × 14."
    ),
)


change(
    "conv1_after_its_pool",
    "28 * 28 * 5 * 5 * 1 * 20",
    "14 * 14 * 5 * 5 * 1 * 20",
    say=(
        "You count conv1 at 14 × 14 places, as many as its pooling leaves. The convolution comes "
        "first and computes 28 × 28."
    ),
)


change(
    "linear_reads_the_maps_before_the_pool",
    "2450 * 500",
    "14 * 14 * 50 * 500",
    say="Your first linear layer reads maps of 14 × 14. The pooling stands before it: 7 × 7 × 50 = 2450.",
)
