"""Mistakes in `reaches`."""

from autograder.checks import change

change(
    "reaches_never_shuffled",
    "if shuffled:",
    "if False:",
    say="Your table is the same with and without the shuffle: each group stays by itself.",
)

change(
    "reaches_always_shuffled",
    "if shuffled:",
    "if True:",
    say="Your table is the same with and without the shuffle: `shuffled=False` has none.",
)

change(
    "reaches_everything",
    "first = np.kron(np.eye(groups), np.ones((channels // groups, hidden // groups)))",
    "first = np.ones((channels, hidden))",
    say=(
        "In your table every input reaches every hidden map. The first convolution has groups as well: "
        "group k sees group k only."
    ),
    hint=None,
)

change(
    "reaches_counts_ways",
    "return first @ second > 0",
    "return first @ second",
    say=(
        "Your table counts the ways from an input to an output. Whether there is one is asked for: "
        "booleans."
    ),
)

change(
    "reaches_shuffled_backward",
    "order = np.arange(hidden).reshape(groups, -1).T.ravel()",
    "order = np.arange(hidden).reshape(-1, groups).T.ravel()",
    say=(
        "You put the hidden maps in the order that undoes a shuffle. A group is a row of the table, and "
        "the table is read column by column."
    ),
)

change(
    "reaches_shuffled_after_both",
    """
    if shuffled:
        order = np.arange(hidden).reshape(groups, -1).T.ravel()
        first = first[:, order]
    return first @ second > 0
    """,
    """
    if shuffled:
        order = np.arange(channels).reshape(groups, -1).T.ravel()
        second = second[:, order]
    return first @ second > 0
    """,
    say=(
        "You shuffle the outputs of the second convolution. Then each still comes from one group: the "
        "shuffle stands between the two."
    ),
)
