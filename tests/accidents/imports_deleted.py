"""The cell with the imports was deleted; at the desk the kernel still knew the names."""

from accidents._cells import place

REPAIRED = ("`np` would be undefined without it: import keras",)


def happen(notebook):
    del notebook.cells[place(notebook, "code-1")]
