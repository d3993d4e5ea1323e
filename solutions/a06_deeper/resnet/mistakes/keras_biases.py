"""Mistakes in `keras_biases`."""

from autograder.checks import change

change(
    "biases_and_statistics",
    '"all": 25_636_712 - 25_610_152,',
    '"all": 25_636_712 - 25_557_032,',
    say=(
        "Your total is the difference to the trainable parameters alone. Both totals of the text "
        "contain the running statistics, so they cancel."
    ),
)

change(
    "biases_one_a_layer",
    """
    "stem": 64,
    "stage_1": 3 * (64 + 64 + 256) + 256,
    "stage_4": 3 * (512 + 512 + 2048) + 2048,
    "all": 25_636_712 - 25_610_152,
    """,
    """
    "stem": 1,
    "stage_1": 10,
    "stage_4": 10,
    "all": 53,
    """,
    say="You count one bias for each convolution. Each of its filters has one of its own.",
)

change(
    "biases_projection_in_every_block",
    """
    "stage_1": 3 * (64 + 64 + 256) + 256,
    "stage_4": 3 * (512 + 512 + 2048) + 2048,
    "all": 25_636_712 - 25_610_152,
    """,
    """
    "stage_1": 3 * (64 + 64 + 256 + 256),
    "stage_4": 3 * (512 + 512 + 2048 + 2048),
    "all": 64 + 3 * 640 + 4 * 1280 + 6 * 2560 + 3 * 5120,
    """,
    say=(
        "You put a projection into every block. Only the first block of a stage has one: the "
        "shapes agree in all others."
    ),
)

change(
    "biases_without_projections",
    """
    "stage_1": 3 * (64 + 64 + 256) + 256,
    "stage_4": 3 * (512 + 512 + 2048) + 2048,
    "all": 25_636_712 - 25_610_152,
    """,
    """
    "stage_1": 3 * (64 + 64 + 256),
    "stage_4": 3 * (512 + 512 + 2048),
    "all": 64 + 3 * 384 + 4 * 768 + 6 * 1536 + 3 * 3072,
    """,
    say=(
        "You left out the projections. They are convolutions, too, with 4 C filters and as many "
        "biases in each stage."
    ),
)


change(
    "biases_first_projection_forgotten",
    '"stage_1": 3 * (64 + 64 + 256) + 256,',
    '"stage_1": 3 * (64 + 64 + 256),',
    say=(
        "You forget the projection of stage 1. Its stride is 1, but 64 maps become 256, so its first "
        "block has one too."
    ),
)


change(
    "biases_last_projection_forgotten",
    '"stage_4": 3 * (512 + 512 + 2048) + 2048,',
    '"stage_4": 3 * (512 + 512 + 2048),',
    say="You forget the projection of stage 4. Its first block has one, with 2048 filters.",
)
