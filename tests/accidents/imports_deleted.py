"""The cell with the imports was deleted; at the desk the kernel still knew the names."""

from accidents._cells import place

REPAIRED = ("`check`, `np` would be undefined without it: from time import perf_counter",)


def happen(notebook):
    del notebook.cells[place(notebook, "code-1")]
