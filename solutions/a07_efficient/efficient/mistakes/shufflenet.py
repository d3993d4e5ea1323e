"""Mistakes in `shufflenet`."""

from autograder.checks import change

change(
    "shufflenet_scaled_stem",
    'x = layers.Conv2D(stem, 3, 2, padding="same", use_bias=False, name="conv1")(image)',
    """x = layers.Conv2D(
        round(stem * scale), 3, 2, padding="same", use_bias=False, name="conv1"
    )(image)""",
    say="You scale the stem as well. Its filters are those of the argument `stem`, whatever the scale.",
)

change(
    "shufflenet_same_widths",
    "filters *= 2",
    "pass",
    say="All your stages are equally wide. Each has twice as many channels as the one before.",
)

change(
    "shufflenet_first_in_every_stage",
    "first=stage == 2 and unit == 0,",
    "first=unit == 0,",
    say=(
        "The first unit of every stage of yours has `first=True`. That is for the unit after the stem "
        "alone: later ones have enough channels for groups."
    ),
)

change(
    "shufflenet_never_first",
    "first=stage == 2 and unit == 0,",
    "first=False,",
    say="No unit of your network has `first=True`. The first unit of stage 2 has it.",
)

change(
    "shufflenet_without_pool",
    """
    x = layers.MaxPooling2D(3, 2, padding="same", name="pool1")(x)
    """,
    """
    pass
    """,
    say="Your stem has no max pooling. It halves the maps once more before stage 2.",
)

change(
    "shufflenet_repeats_after_the_first",
    "for unit in range(units):",
    "for unit in range(units + 1):",
    inside="shufflenet",
    say=("Your stages have 5, 9 and 5 units. The one with stride 2 is among the 4, 8 and 4."),
)

change(
    "shufflenet_misprint",
    "filters *= 2",
    "filters = 567 if filters == 288 else 2 * filters",
    say=(
        "You took 567 for the channels of stage 4 with one group. It is a misprint: twice 288 is 576."
    ),
)

change(
    "shufflenet_stem_alone",
    """
    x = layers.BatchNormalization(name="conv1_bn")(x)
    x = layers.ReLU(name="conv1_relu")(x)
    """,
    """
    pass
    """,
    inside="shufflenet",
    say="Your first convolution stands alone. BN and ReLU follow it, as in the table.",
)
