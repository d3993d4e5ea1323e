"""Mistakes in `googlenet_errata`."""

from autograder.checks import change

change(
    "errata_all_differences",
    """
    "layers": 1 + 2 + 9 * 2 + 1,
    "conv1_weights": 7 * 7 * 3 * 64,
    "params_rows": ["4a", "4c", "4d", "4e", "5a", "5b"],
    """,
    """
    "layers": 22,
    "conv1_weights": 9408,
    "params_rows": ["3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b"],
    """,
    '"stem_mflops": 118 + 2 + 13 + 347 + 1,',
    '"stem_mflops": 481,',
    say=(
        "You list every row that is not exactly the same. 3a, 3b and 4b are right up to one K, "
        "which is rounding."
    ),
)

change(
    "errata_all_parameters",
    """
    "layers": 1 + 2 + 9 * 2 + 1,
    "conv1_weights": 7 * 7 * 3 * 64,
    """,
    """
    "layers": 22,
    "conv1_weights": 9408,
    """,
    '"stem_mflops": 118 + 2 + 13 + 347 + 1,',
    '"stem_mflops": 481,',
    '"conv_parameters": 5.97,',
    '"conv_parameters": 7.0,',
    say="You include the linear layer. Take its 1,025,000 parameters away from the total.",
)

change(
    "errata_bytes",
    """
    "layers": 1 + 2 + 9 * 2 + 1,
    "conv1_weights": 7 * 7 * 3 * 64,
    """,
    """
    "layers": 22,
    "conv1_weights": 9408,
    """,
    """
    "stem_mflops": 118 + 2 + 13 + 347 + 1,
    "fc_memory_kb": 3.9,
    """,
    """
    "stem_mflops": 481,
    "fc_memory_kb": 4000,
    """,
    say="You give the memory in bytes. Divide 4,000 bytes by 1,024.",
)

change(
    "errata_conv1_with_biases",
    """
    "layers": 1 + 2 + 9 * 2 + 1,
    "conv1_weights": 7 * 7 * 3 * 64,
    """,
    """
    "layers": 22,
    "conv1_weights": 9472,
    """,
    '"stem_mflops": 118 + 2 + 13 + 347 + 1,',
    '"stem_mflops": 481,',
    say="You count the biases of conv1. The question is about weights without biases.",
)

change(
    "errata_every_convolution",
    """
    "layers": 1 + 2 + 9 * 2 + 1,
    "conv1_weights": 7 * 7 * 3 * 64,
    """,
    """
    "layers": 58,
    "conv1_weights": 9408,
    """,
    '"stem_mflops": 118 + 2 + 13 + 347 + 1,',
    '"stem_mflops": 481,',
    say=(
        "You count all parallel convolutions. Layers side by side count as one, so a module has "
        "two: a reduction, and the filter after it."
    ),
)

change(
    "errata_operations_4a",
    """
    "layers": 1 + 2 + 9 * 2 + 1,
    "conv1_weights": 7 * 7 * 3 * 64,
    """,
    """
    "layers": 22,
    "conv1_weights": 9408,
    """,
    '"ops_row": "5a",',
    '"ops_row": "4a",',
    '"stem_mflops": 118 + 2 + 13 + 347 + 1,',
    '"stem_mflops": 481,',
    say=(
        "4a is printed as 73 and has 73.6 million operations: cut off, but not off by more than "
        "one. Look for a larger gap."
    ),
)

change(
    "errata_reduce_as_printed",
    """
    "layers": 1 + 2 + 9 * 2 + 1,
    "conv1_weights": 7 * 7 * 3 * 64,
    """,
    """
    "layers": 22,
    "conv1_weights": 9408,
    """,
    """
    "reduce_5x5": 48,
    "stem_mflops": 118 + 2 + 13 + 347 + 1,
    """,
    """
    "reduce_5x5": 32,
    "stem_mflops": 481,
    """,
    say=(
        "32 is the printed number, and with it the row needs only 51 million operations. Which "
        "number gives 54?"
    ),
)

change(
    "errata_reduce_forgotten_in_stem",
    """
    "layers": 1 + 2 + 9 * 2 + 1,
    "conv1_weights": 7 * 7 * 3 * 64,
    """,
    """
    "layers": 21,
    "conv1_weights": 9408,
    """,
    '"stem_mflops": 118 + 2 + 13 + 347 + 1,',
    '"stem_mflops": 481,',
    say="You count one layer for conv2. It has two: the 1 × 1 reduction, and the 3 × 3 filters.",
)

change(
    "errata_separable_conv1",
    """
    "layers": 1 + 2 + 9 * 2 + 1,
    "conv1_weights": 7 * 7 * 3 * 64,
    """,
    """
    "layers": 22,
    "conv1_weights": 2688,
    """,
    '"stem_mflops": 118 + 2 + 13 + 347 + 1,',
    '"stem_mflops": 481,',
    say=(
        "2,688 is what the table counts, a 7 × 1 and a 1 × 7 (E19). The network has full 7 × 7 "
        "filters on three colours."
    ),
)

change(
    "errata_slide_depth",
    """
    "layers": 1 + 2 + 9 * 2 + 1,
    "conv1_weights": 7 * 7 * 3 * 64,
    """,
    """
    "layers": 19,
    "conv1_weights": 9408,
    """,
    '"stem_mflops": 118 + 2 + 13 + 347 + 1,',
    '"stem_mflops": 481,',
    say=(
        "19 is the slide's number, and the depth of VGG-19 (E23). Add up: conv1, two in conv2, two "
        "in each of nine modules, and the linear layer."
    ),
)

change(
    "errata_stem_as_printed",
    """
    "layers": 1 + 2 + 9 * 2 + 1,
    "conv1_weights": 7 * 7 * 3 * 64,
    """,
    """
    "layers": 22,
    "conv1_weights": 9408,
    """,
    '"stem_mflops": 118 + 2 + 13 + 347 + 1,',
    '"stem_mflops": 418,',
    say="418 is the slide's total, with two digits exchanged (E05). Add the five rows up.",
)
