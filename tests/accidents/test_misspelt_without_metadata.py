"""A check was misspelt, and an editor dropped metadata and ids."""

from accidents._cells import GONE, cell, unmark

REPAIRED = (GONE, "The check cell 'im2col' had been edited and was restored")


def happen(notebook):
    cell(notebook, "im2col").source = 'chekc("im2col", im2col)'
    unmark(notebook)
