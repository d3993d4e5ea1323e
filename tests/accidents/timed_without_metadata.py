"""Solutions are timed, and an editor dropped metadata, ids and the checks."""

from accidents._cells import CHECKS, GONE, solutions, unmark
from autograder.source.notebook import is_graded

REPAIRED = (
    GONE,
    *(f"The check cell {name!r} was missing and was put back" for name in CHECKS),
)


def happen(notebook):
    for solution in solutions(notebook):
        solution.source = f"%%time\n{solution.source}"
    notebook.cells = [cell for cell in notebook.cells if not is_graded(cell)]
    unmark(notebook)
