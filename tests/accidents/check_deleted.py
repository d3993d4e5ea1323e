"""A check cell was deleted by a slip of the keyboard (D, D)."""

from accidents._cells import place

REPAIRED = ("The check cell 'correlate2d' was missing and was put back",)


def happen(notebook):
    del notebook.cells[place(notebook, "correlate2d")]
