"""Mistakes in `stride_two`."""

from autograder.checks import change

change(
    "corner_of_stride_one",
    'stride_two = {"shape": (2, 2), "top_left": 3, "bottom_right": 0}',
    'stride_two = {"shape": (2, 2), "top_left": 3, "bottom_right": -1}',
    say=(
        "You took the bottom right value of the stride 1 map. With stride 2 the last window starts "
        "at row 2 and column 2, which is the value [2, 2] of the stride 1 map."
    ),
)

change(
    "map_of_stride_one",
    'stride_two = {"shape": (2, 2), "top_left": 3, "bottom_right": 0}',
    'stride_two = {"shape": (4, 4), "top_left": 3, "bottom_right": -1}',
    say=(
        "You predicted the map of stride 1. With stride 2 the window moves by two pixels each "
        "time, so it stands at 0 and 2 only, in both directions."
    ),
)

change(
    "rounded_up",
    'stride_two = {"shape": (2, 2), "top_left": 3, "bottom_right": 0}',
    'stride_two = {"shape": (3, 3), "top_left": 3, "bottom_right": 0}',
    say=(
        "You let the window stand at 0, 2 and 4. At 4 it would need the pixels 4, 5 and 6, and the "
        "last pixel is number 5: only the windows at 0 and 2 fit."
    ),
)

change(
    "top_left_counts_ones",
    'stride_two = {"shape": (2, 2), "top_left": 3, "bottom_right": 0}',
    'stride_two = {"shape": (2, 2), "top_left": 3, "bottom_right": 1}',
    say=(
        "Look at the last window again: rows 2 to 4, columns 2 to 4. A one under a weight of "
        "-1 counts -1."
    ),
)
