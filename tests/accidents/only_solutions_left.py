"""Everything but the solution cells was deleted: no text, no imports, no checks, no marks."""

from accidents._cells import CHECKS, GONE, solutions, unmark

REPAIRED = (
    GONE,
    "`np` would be undefined without it: from time import perf_counter",
    *(f"The check cell {name!r} was missing and was put back" for name in CHECKS),
)


def happen(notebook):
    notebook.cells = solutions(notebook)
    unmark(notebook)
