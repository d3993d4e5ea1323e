"""Mistakes in `wide_resnet`."""

from autograder.checks import change

change(
    "stem_widened",
    'x = conv(image, width, 3, name="stem")',
    'x = conv(image, k * width, 3, name="stem")',
    inside="wide_resnet",
    say="Your stem is k times as wide. Only the blocks are: the stem keeps `width` filters.",
)

change(
    "blocks_counted_as_layers",
    "for block in range((depth - 4) // 6):",
    "for block in range((depth - 4) // 3):",
    say=(
        "You have twice as many blocks. A block has two convolutions and there are three stages, "
        "so that n = (depth - 4) / 6."
    ),
)

change(
    "projections_not_counted",
    "for block in range((depth - 4) // 6):",
    "for block in range((depth + 2) // 6):",
    say="You have a block too many in each stage: n = (depth - 4) / 6.",
)

change(
    "k_in_the_first_stage_only",
    "x = wide_block(x, k * width * 2**stage, strides, dropout, name=name)",
    "x = wide_block(x, width * (k + stage), strides, dropout, name=name)",
    say="Your stages widen by `width` each. From stage to stage the filters double.",
)

change(
    "dropout_not_passed_on",
    "x = wide_block(x, k * width * 2**stage, strides, dropout, name=name)",
    "x = wide_block(x, k * width * 2**stage, strides, name=name)",
    say="You do not pass `dropout` on to the blocks.",
)

change(
    "dropout_in_later_stages",
    "x = wide_block(x, k * width * 2**stage, strides, dropout, name=name)",
    "x = wide_block(x, k * width * 2**stage, strides, dropout if stage else 0.0, name=name)",
    say="The blocks of your first stage drop nothing. Every block has the same dropout.",
)

change(
    "stem_with_norm",
    """
    x = conv(image, width, 3, name="stem")
    """,
    """
    x = conv(image, width, 3, name="stem")
    x = layers.ReLU()(layers.BatchNormalization()(x))
    """,
    inside="wide_resnet",
    say="Your stem has BN and ReLU after its convolution. The first block brings its own.",
)

change(
    "without_the_last_norm",
    """
    x = layers.BatchNormalization(name="last_bn")(x)
    x = layers.ReLU(name="last_relu")(x)
    """,
    "",
    say="The BN and ReLU before the pooling are missing. Nobody has normalized the last sum yet.",
)

change(
    "stride_in_every_block",
    "strides = 2 if stage > 0 and block == 0 else 1",
    "strides = 2 if stage > 0 else 1",
    inside="wide_resnet",
    say=(
        "Every block of your stages 2 and 3 has stride 2. Only the first block of a stage halves the maps."
    ),
)
