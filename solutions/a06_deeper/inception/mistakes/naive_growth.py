"""Mistakes in `naive_growth`."""

from autograder.checks import change

change(
    "growth_doubled",
    """
    naive_growth = {
        "depth": 128 + 192 + 96 + 256,
        "values": 28 * 28 * 672,
        "depth_after_two": 128 + 192 + 96 + 672,
    }
    """,
    """
    naive_growth = {"depth": 672, "values": 526848, "depth_after_two": 1344}
    """,
    say=(
        "You doubled the first result. The filters add 416 maps each time; only the pooling passes "
        "on what was there."
    ),
)

change(
    "growth_pool_forgotten",
    """
    naive_growth = {
        "depth": 128 + 192 + 96 + 256,
        "values": 28 * 28 * 672,
        "depth_after_two": 128 + 192 + 96 + 672,
    }
    """,
    """
    naive_growth = {"depth": 416, "values": 526848, "depth_after_two": 416}
    """,
    say=(
        "You count the filters and forget the pooling. It passes on all maps of its input, and "
        "they are concatenated, too."
    ),
)

change(
    "growth_second_like_first",
    """
    naive_growth = {
        "depth": 128 + 192 + 96 + 256,
        "values": 28 * 28 * 672,
        "depth_after_two": 128 + 192 + 96 + 672,
    }
    """,
    """
    naive_growth = {"depth": 672, "values": 526848, "depth_after_two": 672}
    """,
    say=(
        "You let the second module grow by 256 maps again, but its pooling passes on all 672 maps "
        "of the first one. Add 128 + 192 + 96 to 672."
    ),
)

change(
    "growth_slide_copied",
    """
    naive_growth = {
        "depth": 128 + 192 + 96 + 256,
        "values": 28 * 28 * 672,
        "depth_after_two": 128 + 192 + 96 + 672,
    }
    """,
    """
    naive_growth = {"depth": 672, "values": 529000, "depth_after_two": 1088}
    """,
    say="You copied the slide's 529k. It is a slip (E26): multiply 28 by 28 by 672.",
)
