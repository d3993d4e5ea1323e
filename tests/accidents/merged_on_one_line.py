"""A check was written behind other code on one line."""

from accidents._cells import cell, place

REPAIRED = ("The check cell 'pad2d' was missing and was put back",)


def happen(notebook):
    check = notebook.cells.pop(place(notebook, "pad2d"))
    cell(notebook, "pad2d_solution").source += f"\nprint('now'); {check.source}"
