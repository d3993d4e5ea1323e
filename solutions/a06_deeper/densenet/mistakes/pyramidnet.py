"""Mistakes in `pyramidnet`."""

from autograder.checks import change

change(
    "pyramid_relu_first",
    """
    y = layers.BatchNormalization(name=f"{name}_0_bn")(x)
    """,
    """
    y = layers.ReLU()(layers.BatchNormalization(name=f"{name}_0_bn")(x))
    """,
    say="Your block has a ReLU before its first convolution. There BN stands alone.",
    inside="pyramid_block",
)

change(
    "pyramid_without_the_last_norm_of_a_block",
    """
    y = layers.BatchNormalization(name=f"{name}_{number}_bn")(y)
    """,
    """
    if number < len(plan):
        y = layers.BatchNormalization(name=f"{name}_{number}_bn")(y)
    """,
    say="There is no BN after the last convolution of your block, as in pre-activation. Here is one.",
    inside="pyramid_block",
)

change(
    "pyramid_relu_after_the_sum",
    """
    return layers.Add(name=f"{name}_add")([y, x])
    """,
    """
    y = layers.Add(name=f"{name}_add")([y, x])
    return layers.ReLU()(y)
    """,
    say="Your block has a ReLU after the addition. Nothing follows there.",
    inside="pyramid_block",
)

change(
    "pyramid_projection",
    """
    x = x[:, ::strides, ::strides]
    x = ops.pad(x, [[0, 0], [0, 0], [0, 0], [0, y.shape[-1] - x.shape[-1]]])
    """,
    """
    x = conv(x, y.shape[-1], 1, strides)
    """,
    say="Your shortcuts are projections. Here zeros fill up the new channels: no weights.",
    inside="pyramid_block",
)

change(
    "pyramid_shortcut_from_the_norm",
    """
    y = layers.BatchNormalization(name=f"{name}_0_bn")(x)
    """,
    """
    y = x = layers.BatchNormalization(name=f"{name}_0_bn")(x)
    """,
    say="Your shortcut carries what the first BN gives. It carries x itself.",
    inside="pyramid_block",
)

change(
    "pyramid_stride_in_the_1x1",
    "plan = [(filters, 1, 1), (filters, 3, strides), (4 * filters, 1, 1)]",
    "plan = [(filters, 1, strides), (filters, 3, 1), (4 * filters, 1, 1)]",
    say="The stride of your bottlenecks is in the first 1 × 1. Here the 3 × 3 has it.",
    inside="pyramid_block",
)

change(
    "pyramid_bottleneck_not_wider",
    "plan = [(filters, 1, 1), (filters, 3, strides), (4 * filters, 1, 1)]",
    "plan = [(filters, 1, 1), (filters, 3, strides), (filters, 1, 1)]",
    say="The last convolution of your bottleneck has w filters. It has four times as many.",
    inside="pyramid_block",
)

change(
    "pyramid_stem_relu",
    """
    x = layers.BatchNormalization(name="conv1_bn")(x)
    """,
    """
    x = layers.ReLU()(layers.BatchNormalization(name="conv1_bn")(x))
    """,
    say="Your stem has a ReLU. After its BN the first block follows at once.",
    inside="pyramidnet",
)

change(
    "pyramid_stem_not_normalized",
    """
    x = layers.BatchNormalization(name="conv1_bn")(x)
    """,
    "",
    say="Your stem has no BN after its convolution.",
    inside="pyramidnet",
)

change(
    "pyramid_width_not_handed_on",
    "pyramid_widths(3 * blocks, alpha, width)",
    "pyramid_widths(3 * blocks, alpha)",
    say="Your blocks grow from 16 filters, whatever `width` the stem has. Hand it on.",
    inside="pyramidnet",
)

change(
    "pyramid_grows_in_each_stage",
    "enumerate(pyramid_widths(3 * blocks, alpha, width))",
    "enumerate(3 * pyramid_widths(blocks, alpha, width))",
    say="Your widths start anew in every stage. They grow over all 3n blocks.",
    inside="pyramidnet",
)

change(
    "pyramid_stride_in_stage_one",
    "strides = 2 if number in (blocks, 2 * blocks) else 1",
    "strides = 2 if number in (0, blocks, 2 * blocks) else 1",
    say="Your stage 1 starts with stride 2. Only stages 2 and 3 do.",
    inside="pyramidnet",
)

change(
    "pyramid_depth_of_bottlenecks",
    "blocks = (depth - 2) // (9 if bottleneck else 6)",
    "blocks = (depth - 2) // 6",
    say="Your bottlenecks count as two layers. They have three: the depth is 9n + 2.",
    inside="pyramidnet",
)

change(
    "pyramid_without_the_last_norm",
    """
    x = layers.BatchNormalization(name="last_bn")(x)
    x = layers.ReLU(name="last_relu")(x)
    """,
    "",
    say="The BN and the ReLU at the end of your network are missing.",
    inside="pyramidnet",
)

change(
    "pyramid_zeros_first",
    "[0, y.shape[-1] - x.shape[-1]]",
    "[y.shape[-1] - x.shape[-1], 0]",
    say="Your channels of zeros stand before the old ones. They stand after them, so that a channel keeps "
    "its place.",
    inside="pyramid_block",
)

change(
    "pyramid_odd_pixels",
    "x = x[:, ::strides, ::strides]",
    "x = x[:, strides - 1 :: strides, strides - 1 :: strides]",
    say="Your shortcut takes the last pixel of each 2 × 2. It takes the first: rows and columns 0, 2, 4 and "
    "so on.",
    inside="pyramid_block",
)
