"""A solution cell was copied with its mark and its id, to try something in the copy."""

from accidents._cells import cell, copy, place

REPAIRED = ("A cell is there 2 times; all were run, from top to bottom: def pad2d",)


def happen(notebook):
    twin = copy(cell(notebook, "pad2d_solution"))
    notebook.cells.insert(place(notebook, "pad2d_solution"), twin)
