"""A solution cell was split above its function: both parts have its mark."""

from accidents._cells import cell, copy, place

REPAIRED = ("A cell is there 2 times; all were run, from top to bottom: FIRST = 1",)


def happen(notebook):
    below = cell(notebook, "same_padding_solution")
    above = copy(below)
    above.source = "FIRST = 1"
    notebook.cells.insert(place(notebook, "same_padding_solution"), above)
