"""Mistakes in `source_places`."""

from autograder.checks import change

change(
    "answers_swapped",
    """
    inverse[0, 0] * down + inverse[0, 1] * across + middle_row,
    inverse[1, 0] * down + inverse[1, 1] * across + middle_column,
    """,
    """
    inverse[1, 0] * down + inverse[1, 1] * across + middle_column,
    inverse[0, 0] * down + inverse[0, 1] * across + middle_row,
    """,
    say="You return the columns first. The order is (rows, columns).",
)

change(
    "axes_swapped",
    """
    inverse[0, 0] * down + inverse[0, 1] * across + middle_row,
    inverse[1, 0] * down + inverse[1, 1] * across + middle_column,
    """,
    """
    inverse[1, 1] * down + inverse[1, 0] * across + middle_row,
    inverse[0, 1] * down + inverse[0, 0] * across + middle_column,
    """,
    say=(
        "You swapped rows and columns inside the matrix, as if its first entry were x. Here a "
        "point is (row, column), in this order."
    ),
)

change(
    "corner",
    "middle_row, middle_column = (height - 1) / 2, (width - 1) / 2",
    "middle_row, middle_column = 0, 0",
    say=(
        "You turn and stretch about the top left corner. Measure from the middle: subtract it "
        "before the matrix, and add it again after."
    ),
)

change(
    "forward",
    "inverse = np.linalg.inv(matrix)",
    "inverse = matrix",
    say=(
        "You apply the matrix as it is. It says where a point goes; you need where a pixel of the "
        "result comes from, so use the inverse."
    ),
)

change(
    "half_a_pixel",
    "middle_row, middle_column = (height - 1) / 2, (width - 1) / 2",
    "middle_row, middle_column = height / 2, width / 2",
    say=(
        "Your middle is half a pixel too far down and to the right. Pixel centres run from 0 to H "
        "- 1, so their middle is (H - 1) / 2."
    ),
)

change(
    "shift_added",
    "down, across = rows - middle_row - shift[0], columns - middle_column - shift[1]",
    "down, across = rows - middle_row + shift[0], columns - middle_column + shift[1]",
    say="You add the shift. To find where a pixel comes from, go back: subtract it.",
)

change(
    "shift_last",
    "down, across = rows - middle_row - shift[0], columns - middle_column - shift[1]",
    "down, across = rows - middle_row, columns - middle_column",
    """
    inverse[0, 0] * down + inverse[0, 1] * across + middle_row,
    inverse[1, 0] * down + inverse[1, 1] * across + middle_column,
    """,
    """
    inverse[0, 0] * down + inverse[0, 1] * across + middle_row - shift[0],
    inverse[1, 0] * down + inverse[1, 1] * across + middle_column - shift[1],
    """,
    say=(
        "You undo the matrix before the shift. The shift came last, so it goes first: subtract it, "
        "then apply the inverse."
    ),
)

change(
    "transposed",
    "inverse = np.linalg.inv(matrix)",
    "inverse = matrix.T",
    say=(
        "You transpose the matrix. That undoes a rotation only; stretch and shear need the "
        "inverse, `np.linalg.inv`."
    ),
)

change(
    "middle_not_added",
    "+ inverse[0, 1] * across + middle_row",
    "+ inverse[0, 1] * across",
    "+ inverse[1, 1] * across + middle_column",
    "+ inverse[1, 1] * across",
    say=(
        "Your places are seen from the middle. Add it again: pixels are counted from the top "
        "left corner."
    ),
)


change(
    "entry_by_entry",
    "inverse = np.linalg.inv(matrix)",
    "inverse = np.linalg.inv(matrix) * np.eye(2)",
    say=(
        "You multiply the matrix entry by entry. Each new coordinate mixes both old ones: a "
        "matrix product."
    ),
)


change(
    "shift_swapped",
    "rows - middle_row - shift[0], columns - middle_column - shift[1]",
    "rows - middle_row - shift[1], columns - middle_column - shift[0]",
    say="You swapped the two shifts. The first is for the rows, the second for the columns.",
)
