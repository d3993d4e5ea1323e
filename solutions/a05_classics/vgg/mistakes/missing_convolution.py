"""Mistakes in `missing_convolution`."""

from autograder.checks import change

change(
    "after_the_pool",
    """
    "parameters": (9 * 256 + 1) * 256,
    "macs": 9 * 256 * 256 * 56 * 56,
    """,
    """
    "parameters": 590_080,
    "macs": 462_422_016,
    """,
    say="You take the size after the pooling. The layer works in front of it, on 56 x 56 pixels.",
)

change(
    "dense_forgotten",
    '"drawn": 15,',
    '"drawn": 12,',
    """
    "parameters": (9 * 256 + 1) * 256,
    "macs": 9 * 256 * 256 * 56 * 56,
    """,
    """
    "parameters": 590_080,
    "macs": 1_849_688_064,
    """,
    say="You count the convolutions alone. FC6, FC7 and FC8 are weight layers, too.",
)

change(
    "first_of_the_stage",
    """
    "parameters": (9 * 256 + 1) * 256,
    "macs": 9 * 256 * 256 * 56 * 56,
    """,
    """
    "parameters": 295_168,
    "macs": 924_844_032,
    """,
    say=(
        "You count a layer with 128 maps before it, like the first one of the stage. The missing "
        "one follows another with 256 filters."
    ),
)

change(
    "name_believed",
    '"drawn": 15,',
    '"drawn": 16,',
    """
    "parameters": (9 * 256 + 1) * 256,
    "macs": 9 * 256 * 256 * 56 * 56,
    """,
    """
    "parameters": 590_080,
    "macs": 1_849_688_064,
    """,
    say=(
        "You believe the name. Count the weight layers in the drawing: VGG16 has 16, this one has "
        "not."
    ),
)

change(
    "poolings_counted",
    '"drawn": 15,',
    '"drawn": 20,',
    """
    "parameters": (9 * 256 + 1) * 256,
    "macs": 9 * 256 * 256 * 56 * 56,
    """,
    """
    "parameters": 590_080,
    "macs": 1_849_688_064,
    """,
    say="You count the poolings as well. Weight layers are the convolutions and the dense layers.",
)

change(
    "stage_4",
    """
    "missing": "conv3_3",
    "parameters": (9 * 256 + 1) * 256,
    "macs": 9 * 256 * 256 * 56 * 56,
    """,
    """
    "missing": "conv4_3",
    "parameters": 590_080,
    "macs": 1_849_688_064,
    """,
    say="You looked at the wrong stage: stage 4 is complete. Compare the stages from the top.",
)

change(
    "without_biases",
    """
    "parameters": (9 * 256 + 1) * 256,
    "macs": 9 * 256 * 256 * 56 * 56,
    """,
    """
    "parameters": 589_824,
    "macs": 1_849_688_064,
    """,
    say="You forgot the biases: the layer has one for each of its 256 filters.",
)
