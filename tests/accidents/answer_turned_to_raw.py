"""An answer without a function was turned into raw text, without metadata or id."""

from accidents._cells import GONE, cell, unmark

REPAIRED = (GONE, "A code cell had been turned into text; it was run as code")


def happen(notebook):
    cell(notebook, "less_parameters_solution")["cell_type"] = "raw"
    unmark(notebook)
