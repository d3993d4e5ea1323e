"""`%reset` between two sections: the given cells above are gone, and what follows fails."""

from accidents._cells import CHECKS, code, place

LOSES = CHECKS[6:7] + CHECKS[8:9] + CHECKS[10:]
FOUND = "'np' is not defined"


def happen(notebook):
    notebook.cells.insert(place(notebook, "convolve2d") + 1, code("%reset -f"))
