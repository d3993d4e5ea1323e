"""Mistakes in `table_errors`."""

from autograder.checks import change

change(
    "counted_from_one",
    """
    "miscounted": [0, 1, 2, 3, 4],
    "wrong": [0, 1, 2, 3, 4, 5],
    "right_maps": [0, 1, 2],
    """,
    """
    "miscounted": [1, 2, 3, 4, 5],
    "wrong": [1, 2, 3, 4, 5, 6],
    "right_maps": [1, 2, 3],
    """,
    say="You counted rows and columns from 1. The table counts from 0, as NumPy does.",
)

change(
    "full_connection",
    '"connections": 60,',
    '"connections": 96,',
    say=(
        "96 would be every map with every map. The {3, 4, 6} says 6 × 3 + 9 × 4 + 1 × 6 "
        "connections."
    ),
)

change(
    "right_number_in_column",
    '"right_maps": [0, 1, 2],',
    '"right_maps": [0, 1, 2, 3, 4, 5, 6, 7, 9, 11, 12, 13, 14],',
    say=(
        "You looked for columns with 3, 4 or 6 X. A map must also see the right ones: compare "
        "every column with your table, place by place."
    ),
)

change(
    "row_five_is_right",
    '"wrong": [0, 1, 2, 3, 4, 5],',
    '"wrong": [0, 1, 2, 3, 4],',
    say=(
        "Row 5 has ten X, and is wrong all the same: the X under 12 belongs under 15. Compare the "
        "places, not only the numbers."
    ),
)

change(
    "wrong_maps",
    '"right_maps": [0, 1, 2],',
    '"right_maps": [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],',
    say="Asked for are the columns that are right, and you gave those that are wrong.",
)
