"""Mistakes in `decide`."""

from autograder.checks import change

change(
    "columns_swapped",
    """
    if little:
        return "a" if similar else "b"
    return "c" if similar else "d"
    """,
    """
    if little:
        return "b" if similar else "a"
    return "d" if similar else "c"
    """,
    say="You have exchanged the columns: the left one of the table is for similar data.",
)

change(
    "rows_swapped",
    """
    if little:
        return "a" if similar else "b"
    return "c" if similar else "d"
    """,
    """
    if little:
        return "c" if similar else "d"
    return "a" if similar else "b"
    """,
    say="You have exchanged the rows: the upper one of the table is for little data.",
)

change(
    "transposed",
    """
    if little:
        return "a" if similar else "b"
    return "c" if similar else "d"
    """,
    """
    if similar:
        return "a" if little else "b"
    return "c" if little else "d"
    """,
    say=(
        "You have exchanged rows and columns: rows of the table are amounts of data, columns kinds "
        "of data."
    ),
)
