"""Mistakes in `first_maximum`."""

from autograder.checks import change

change(
    "last_of_the_tie",
    'first_maximum = {"tie": (2, 2), "eight": 1 + 2, "ten": 3 + 4}',
    'first_maximum = {"tie": (3, 3), "eight": 3, "ten": 7}',
    say=(
        "You gave the gradient of the tie to the last maximum. Reading row by row from the top "
        "left, the 4 at (2, 2) comes before the 4 at (3, 3)."
    ),
)

change(
    "last_window_only",
    'first_maximum = {"tie": (2, 2), "eight": 1 + 2, "ten": 3 + 4}',
    'first_maximum = {"tie": (2, 2), "eight": 2, "ten": 4}',
    say=(
        "You kept the gradient of one window only. A pixel that is the maximum of two windows gets "
        "the sum of their gradients."
    ),
)

change(
    "place_in_the_window",
    'first_maximum = {"tie": (2, 2), "eight": 1 + 2, "ten": 3 + 4}',
    'first_maximum = {"tie": (0, 0), "eight": 3, "ten": 7}',
    say=(
        "You gave the place within the window. The lower right window begins at row 2 and column 2 "
        "of the map: add them."
    ),
)

change(
    "times_value",
    'first_maximum = {"tie": (2, 2), "eight": 1 + 2, "ten": 3 + 4}',
    'first_maximum = {"tie": (2, 2), "eight": 8 * 3, "ten": 10 * 7}',
    say=(
        "You multiplied the gradient by the value of the pixel. The derivative of a maximum with "
        "respect to its largest pixel is 1, whatever the value: the gradients are only added."
    ),
)

change(
    "largest_of_all_only",
    '"eight": 1 + 2',
    '"eight": 1 + 2 + 3 + 4',
    say=("You let the 8 win all four windows. Two of them also contain the 10, which is larger."),
)


change(
    "ten_wins_all",
    '"ten": 3 + 4',
    '"ten": 1 + 2 + 3 + 4',
    say="You let the 10 win all four windows. It lies in the lower two only.",
)
