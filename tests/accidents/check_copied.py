"""A check cell was copied, mark and all: what ends a whole run of nbgrader."""

from accidents._cells import cell, copy

REPAIRED = ("A copy of the check cell 'im2col' was left out",)


def happen(notebook):
    notebook.cells.append(copy(cell(notebook, "im2col")))
