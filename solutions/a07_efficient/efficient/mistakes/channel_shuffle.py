"""Mistakes in `channel_shuffle`."""

from autograder.checks import change

change(
    "shuffle_the_other_way",
    "x = ops.reshape(x, (-1, height, width, groups, channels // groups))",
    "x = ops.reshape(x, (-1, height, width, channels // groups, groups))",
    inside="channel_shuffle",
    say=(
        "Your table has `groups` columns, and that is the inverse of the shuffle. A group is a row of "
        "the table: `groups` rows, `channels // groups` columns."
    ),
    fails=("channel_shuffle", "shuffle_unit", "shufflenet"),
)

change(
    "shuffle_not_transposed",
    "x = ops.transpose(x, (0, 1, 2, 4, 3))",
    "pass",
    inside="channel_shuffle",
    say=(
        "Your channels come out as they went in: two reshapes undo each other. Between them the two "
        "last axes change places."
    ),
    fails=("channel_shuffle", "shuffle_unit", "shufflenet"),
)

change(
    "shuffle_reversed",
    """
    x = ops.reshape(x, (-1, height, width, groups, channels // groups))
    x = ops.transpose(x, (0, 1, 2, 4, 3))
    """,
    """
    x = ops.flip(ops.reshape(x, (-1, height, width, groups, channels // groups)), axis=3)
    """,
    inside="channel_shuffle",
    say=(
        "You change the order of whole groups, and each stays together. The shuffle takes one channel "
        "of each group in turn."
    ),
    fails=("channel_shuffle", "shuffle_unit", "shufflenet"),
)

change(
    "shuffle_pixels_too",
    "x = ops.reshape(x, (-1, height, width, groups, channels // groups))",
    "x = ops.reshape(x, (-1, groups, channels // groups, height, width))",
    "x = ops.transpose(x, (0, 1, 2, 4, 3))",
    "x = ops.transpose(x, (0, 2, 1, 3, 4))",
    inside="channel_shuffle",
    say=(
        "You cut the tensor into groups as if the channels came before height and width. In Keras they "
        "are the last axis, and no pixel may move."
    ),
    fails=("channel_shuffle", "shuffle_unit", "shufflenet"),
)

change(
    "unshuffle_shuffles_again",
    "return channel_shuffle(x, x.shape[-1] // groups)",
    "return channel_shuffle(x, groups)",
    inside="channel_unshuffle",
    say=(
        "You shuffle a second time to undo the first. That helps only where rows and columns of the "
        "table are equally many: the way back reads a table of the other shape."
    ),
)

change(
    "unshuffle_does_nothing",
    "return channel_shuffle(x, x.shape[-1] // groups)",
    "return x",
    inside="channel_unshuffle",
    say="Your `channel_unshuffle` changes nothing. It is a permutation as well, the inverse one.",
)
