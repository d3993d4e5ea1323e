"""A solution and the check below were merged: one cell with the mark of the check."""

from accidents._cells import cell, place

REPAIRED = (
    "The check cell 'correlate2d' had been edited and was restored. What you wrote there became",
)


def happen(notebook):
    solution = notebook.cells.pop(place(notebook, "correlate2d_solution"))
    check = cell(notebook, "correlate2d")
    check.source = solution.source + "\n\n" + check.source
