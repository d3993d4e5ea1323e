"""A bracket is missing in one solution: only its check is lost, and it is told why."""

from accidents._cells import GONE, cell, unmark

LOSES = ("same_padding",)
FOUND = "The cell that should define `same_padding` stopped with SyntaxError"
REPAIRED = (GONE,)


def happen(notebook):
    solution = cell(notebook, "same_padding_solution")
    solution.source = solution.source.replace("max((places", "max(((places")
    unmark(notebook)
