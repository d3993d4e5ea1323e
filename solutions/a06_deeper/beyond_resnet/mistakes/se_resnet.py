"""Mistakes in `se_resnet`."""

from autograder.checks import change

change(
    "se_ratio_of_sixteen",
    "return se_block(x, filters, strides, ratio, name)",
    "return se_block(x, filters, strides, name=name)",
    say="Your blocks always have the ratio 16. Pass `ratio` on to them.",
)

change(
    "se_in_the_first_block_of_a_stage",
    """
        return se_block(x, filters, strides, ratio, name)
    """,
    """
        if x.shape[-1] == 4 * filters:
            return bottleneck_block(x, filters, strides, name=name)
        return se_block(x, filters, strides, ratio, name)
    """,
    say="Only the first block of each of your stages has gates. Every block has them.",
)

change(
    "se_not_in_the_first_blocks",
    """
        return se_block(x, filters, strides, ratio, name)
    """,
    """
        if x.shape[-1] != 4 * filters:
            return bottleneck_block(x, filters, strides, name=name)
        return se_block(x, filters, strides, ratio, name)
    """,
    say="The first block of each of your stages has no gates. Every block has them.",
)

change(
    "se_without_strides",
    "return se_block(x, filters, strides, ratio, name)",
    "return se_block(x, filters, 1, ratio, name)",
    say="Your stages all have the same resolution. Hand the stride of a block on to it.",
)

change(
    "se_small_stem",
    'return residual_network(block, blocks, "7x7", width, classes, input_shape)',
    'return residual_network(block, blocks, "3x3", width, classes, input_shape)',
    inside="se_resnet",
    say='Your stem is that for small images. For ImageNet it is `"7x7"`, with its pooling.',
)

change(
    "se_width_forgotten",
    'return residual_network(block, blocks, "7x7", width, classes, input_shape)',
    'return residual_network(block, blocks, "7x7", 64, classes, input_shape)',
    inside="se_resnet",
    say="Your network always has the width 64. Use the argument `width`.",
)
