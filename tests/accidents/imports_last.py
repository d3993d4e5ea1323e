"""The cell with the imports was dragged to the end."""

from accidents._cells import place

REPAIRED = (
    "stood below cells that need it, and was run before them: from time import perf_counter",
)


def happen(notebook):
    notebook.cells.append(notebook.cells.pop(place(notebook, "code-1")))
