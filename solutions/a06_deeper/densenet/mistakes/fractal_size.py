"""Mistakes in `fractal_size`."""

from autograder.checks import change

change(
    "fractal_size_paths_added",
    "paths = paths**2 + 1",
    "paths = 2 * paths + 1",
    say=(
        "You add the ways through the two blocks f_{C-1}. They stand in a row: each way through the "
        "first goes on by each way through the second."
    ),
)

change(
    "fractal_size_one_path_missing",
    "paths = paths**2 + 1",
    "paths = paths**2 + (paths == 1)",
    say="You forgot the way through the single convolution beside the two blocks.",
)

change(
    "fractal_size_one_path_a_column",
    '"paths": paths}',
    '"paths": columns}',
    say="You count one way for each column. A way can change the column at every join.",
)

change(
    "fractal_size_power_too_high",
    '"deepest": 2 ** (columns - 1)',
    '"deepest": 2**columns',
    say="Your deepest path is twice too long. With one column there is one convolution.",
)

change(
    "fractal_size_depth_of_a_chain",
    '"deepest": 2 ** (columns - 1)',
    '"deepest": columns',
    say="Your depth grows by one with each column. It doubles: two blocks f_{C-1} stand in a row.",
)

change(
    "fractal_size_without_the_lone_ones",
    '"convolutions": 2**columns - 1',
    '"convolutions": 2 ** (columns - 1)',
    say="You count the convolutions of the deepest column alone. Those of the others come on top.",
)

change(
    "fractal_size_one_too_many",
    '"convolutions": 2**columns - 1',
    '"convolutions": 2**columns',
    say="You count one convolution too many. Look at a single column: it has one.",
)

change(
    "fractal_size_all_columns_full",
    '"convolutions": 2**columns - 1',
    '"convolutions": columns * 2 ** (columns - 1)',
    say="You count every column as long as the deepest. Each is half as long as the next.",
)
