"""Mistakes in `resnext`."""

from autograder.checks import change

change(
    "paths_of_one_width",
    "group_width = base_width * filters // width",
    "group_width = base_width",
    say="Your paths have the same width in every stage. It doubles from stage to stage.",
)

change(
    "more_paths_instead",
    """
        group_width = base_width * filters // width
        return resnext_block(x, filters, cardinality, strides, group_width, ratio, name)
    """,
    """
        paths = cardinality * filters // width
        return resnext_block(x, filters, paths, strides, base_width, ratio, name)
    """,
    say=(
        "From stage to stage you double the number of paths. The cardinality stays; each path gets "
        "twice as wide."
    ),
)

change(
    "width_counted_twice",
    "group_width = base_width * filters // width",
    "group_width = base_width * filters // 16",
    say=(
        "Your paths are four times too wide for 64 filters: the width of a path in the first stage "
        "is `base_width`, whatever `width` is."
    ),
)

change(
    "sixty_four_assumed",
    "group_width = base_width * filters // width",
    "group_width = base_width * filters // 64",
    say=(
        "You compare the filters with 64. In the first stage of any network a path has "
        "`base_width`, so compare them with `width`."
    ),
    hint=None,
)

change(
    "resnext_ratio_not_passed_on",
    "return resnext_block(x, filters, cardinality, strides, group_width, ratio, name)",
    "return resnext_block(x, filters, cardinality, strides, group_width, name=name)",
    say="You do not pass `ratio` on to the blocks, so that there are never gates.",
)

change(
    "resnext_always_for_imagenet",
    "return residual_network(block, blocks, stem, width, classes, input_shape)",
    'return residual_network(block, blocks, "7x7", width, classes, input_shape)',
    inside="resnext",
    say="Your stem is always that for ImageNet. Pass `stem` on.",
)

change(
    "cardinality_and_width_swapped",
    "return resnext_block(x, filters, cardinality, strides, group_width, ratio, name)",
    "return resnext_block(x, filters, group_width, strides, cardinality, ratio, name)",
    say="Your blocks get the width of a path for the number of paths, and the other way round.",
)
