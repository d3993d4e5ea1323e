"""Mistakes in `vgg_growth`."""

from autograder.checks import change

change(
    "all_512",
    """
    "B to C": (256 + 1) * 256 + 2 * (512 + 1) * 512,
    "C to D": 8 * 256 * 256 + 2 * 8 * 512 * 512,
    "D to E": (9 * 256 + 1) * 256 + 2 * (9 * 512 + 1) * 512,
    """,
    """
    "B to C": 3 * (512 + 1) * 512,
    "C to D": 3 * 8 * 512 * 512,
    "D to E": 3 * (9 * 512 + 1) * 512,
    """,
    say="You count all three layers with 512 maps. That of stage 3 has 256.",
)

change(
    "input_of_the_stage",
    """
    "B to C": (256 + 1) * 256 + 2 * (512 + 1) * 512,
    "C to D": 8 * 256 * 256 + 2 * 8 * 512 * 512,
    "D to E": (9 * 256 + 1) * 256 + 2 * (9 * 512 + 1) * 512,
    """,
    """
    "B to C": (128 + 1) * 256 + (256 + 1) * 512 + (512 + 1) * 512,
    "C to D": 8 * 128 * 256 + 8 * 256 * 512 + 8 * 512 * 512,
    "D to E": (9 * 128 + 1) * 256 + (9 * 256 + 1) * 512 + (9 * 512 + 1) * 512,
    """,
    say=(
        "The input of your new layers has the maps of the stage before. They come after other "
        "layers of their stage, which have as many filters already."
    ),
)

change(
    "one_layer",
    """
    "B to C": (256 + 1) * 256 + 2 * (512 + 1) * 512,
    "C to D": 8 * 256 * 256 + 2 * 8 * 512 * 512,
    "D to E": (9 * 256 + 1) * 256 + 2 * (9 * 512 + 1) * 512,
    """,
    """
    "B to C": (256 + 1) * 256,
    "C to D": 8 * 256 * 256,
    "D to E": (9 * 256 + 1) * 256,
    """,
    say="You count one new layer. There are three: one with 256 maps and two with 512.",
)

change(
    "whole_kernels",
    '"C to D": 8 * 256 * 256 + 2 * 8 * 512 * 512,',
    '"C to D": (9 * 256 + 1) * 256 + 2 * (9 * 512 + 1) * 512,',
    say=(
        "From C to D you count the 3 x 3 kernels as new. They replace the 1 x 1 kernels, so 8 of 9 "
        "weights are added, and no bias."
    ),
)

change(
    "without_biases",
    '"B to C": (256 + 1) * 256 + 2 * (512 + 1) * 512,',
    '"B to C": 256 * 256 + 2 * 512 * 512,',
    '"D to E": (9 * 256 + 1) * 256 + 2 * (9 * 512 + 1) * 512,',
    '"D to E": 9 * 256 * 256 + 2 * 9 * 512 * 512,',
    say="You forgot the biases: every new convolution has one for each of its filters.",
)
