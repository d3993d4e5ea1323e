"""Mistakes in `vgg_summary_errata`."""

from autograder.checks import change

change(
    "as_printed",
    """
    "VGG-11": 7.485,
    "VGG-13": 11.185,
    "VGG-19": 19.508,
    """,
    """
    "VGG-11": 6.5,
    "VGG-13": 10.2,
    "VGG-19": 16.8,
    """,
    say="These are the printed numbers. Add up the stages of A, B and E.",
)

change(
    "configuration_d",
    """
    "with 1x1": "C",
    "million parameters": 133.64,
    """,
    """
    "with 1x1": "D",
    "million parameters": 138.36,
    """,
    say="D has kernels of 3 x 3 only. Look for conv1 in the table.",
)

change(
    "million_of_d",
    '"million parameters": 133.64,',
    '"million parameters": 138.36,',
    say="That is the size of D. C has 1 x 1 kernels where D has 3 x 3, so it is smaller.",
)

change(
    "two_for_a_multiply_add",
    """
    "VGG-11": 7.485,
    "VGG-13": 11.185,
    "VGG-19": 19.508,
    """,
    """
    "VGG-11": 14.971,
    "VGG-13": 22.370,
    "VGG-19": 39.017,
    """,
    say="You count a multiply-add as two. The course counts it as one.",
)

change(
    "with_dense_layers",
    """
    "VGG-11": 7.485,
    "VGG-13": 11.185,
    "VGG-19": 19.508,
    """,
    """
    "VGG-11": 7.609,
    "VGG-13": 11.308,
    "VGG-19": 19.632,
    """,
    say=(
        "You added the dense layers. The column is for convolutions; the dense layers have one of "
        "their own."
    ),
)

change(
    "without_dense_layers",
    '"million parameters": 133.64,',
    '"million parameters": 9.996,',
    say=(
        "You count the convolutions alone. The printed 138 million are those of a whole network, "
        "dense layers and all."
    ),
)
