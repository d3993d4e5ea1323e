"""Mistakes in `connection_table`."""

from autograder.checks import change, instead


@instead(
    "copied_from_the_slide",
    say=(
        "This is the table as our copy of the slide has it, with 67 connections. Follow the four "
        "rules instead; the next task is to find out what is wrong with the copy."
    ),
)
def connection_table():
    rows = [
        "X..XXX..XXXXXXX.",
        "XX..XXX.XXXXXXX.",
        "XXX..XXX.XXXXXX.",
        ".XXX..XXXX.XXXX.",
        "..XXX..XXXXXXXX.",
        "...XXX..XXXXXXX.",
    ]
    return np.array([[mark == "X" for mark in row] for row in rows])


change(
    "four_neighbours",
    """
    patterns = [(0, 1, 2)] * 6 + [(0, 1, 2, 3)] * 6 + [(0, 1, 3, 4)] * 3 + [tuple(range(6))]
    starts = [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2, 0]
    """,
    """
    patterns = [(0, 1, 2)] * 6 + [(0, 1, 2, 3)] * 6 + [(0, 1, 2, 3)] * 3 + [tuple(range(6))]
    starts = [*range(6), *range(6), 0, 1, 2, 0]
    """,
    say=(
        "Your maps 12 to 14 see four neighbours, as 6 to 8 do. They see two pairs with a gap of "
        "one map: 12 sees 0, 1, 3 and 4."
    ),
)

change(
    "full",
    "starts = [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2, 0]",
    "starts = [*range(6), *range(6), 0, 1, 2, 0]",
    "return table",
    "return np.ones((6, 16), dtype=bool)",
    say=(
        "Everything is connected with everything in your table. Only map 15 of C3 sees all six "
        "maps."
    ),
    hint=None,  # Nothing but ones: what any function may return that went wrong.
)

change(
    "no_ring",
    "starts = [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2, 0]",
    "starts = [*range(6), *range(6), 0, 1, 2, 0]",
    """
    table[(start + step) % 6, column] = True
    """,
    """
    if start + step < 6:
        table[start + step, column] = True
    """,
    say=(
        "Your maps 4, 5 and 9 to 11 end at map 5 of S2. The six maps form a ring: after 5 comes 0, "
        "so map 4 sees 4, 5 and 0."
    ),
)

change(
    "to_the_left",
    "starts = [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2, 0]",
    "starts = [*range(6), *range(6), 0, 1, 2, 0]",
    "table[(start + step) % 6, column] = True",
    "table[(start - step) % 6, column] = True",
    say=(
        "Your rings run the other way: map 0 of C3 sees 0, 1 and 2, and yours sees 0, 5 and 4. Go "
        "from the start to higher numbers."
    ),
)

change(
    "transposed",
    "starts = [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2, 0]",
    "starts = [*range(6), *range(6), 0, 1, 2, 0]",
    "return table",
    "return table.T",
    say=(
        "Your table has a row for each map of C3. The rows are the six maps of S2, the columns the "
        "sixteen of C3."
    ),
)

change(
    "wide_gap",
    """
    patterns = [(0, 1, 2)] * 6 + [(0, 1, 2, 3)] * 6 + [(0, 1, 3, 4)] * 3 + [tuple(range(6))]
    starts = [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2, 0]
    """,
    """
    patterns = [(0, 1, 2)] * 6 + [(0, 1, 2, 3)] * 6 + [(0, 1, 4, 5)] * 3 + [tuple(range(6))]
    starts = [*range(6), *range(6), 0, 1, 2, 0]
    """,
    say=(
        "The gap between the two pairs of your maps 12 to 14 is two maps wide. It is one: 12 sees "
        "0, 1, 3 and 4."
    ),
)


change(
    "single_maps_with_gaps",
    "[(0, 1, 3, 4)] * 3",
    "[(0, 1, 2, 4)] * 3",
    say=(
        "Your columns 12 to 14 have three neighbours and a single map. They have two pairs of "
        "neighbours with a gap between: 0, 1 and 3, 4."
    ),
)
