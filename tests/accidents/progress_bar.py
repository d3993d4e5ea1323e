"""A progress bar was imported in a solution cell that does not need it any more."""

from accidents._cells import cell

REPAIRED = ("The package `tqdm` is not installed where notebooks are graded",)


def happen(notebook):
    solution = cell(notebook, "conv2d_forward_solution")
    solution.source = f"from tqdm.notebook import tqdm\n\n\n{solution.source}"
