"""Only the first half of the notebook is there: the rest was deleted with all its answers."""

from accidents._cells import CHECKS, place

LOSES = CHECKS[5:]
FOUND = "is not defined"
REPAIRED = tuple(f"The check cell {name!r} was missing and was put back" for name in LOSES)


def happen(notebook):
    del notebook.cells[place(notebook, "conv1d_full") + 1 :]
