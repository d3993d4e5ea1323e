"""All checks were commented out to make the notebook run through."""

from accidents._cells import CHECKS, GONE, checks, unmark

REPAIRED = (
    GONE,
    *(f"The check cell {name!r} had been edited and was restored" for name in CHECKS),
)


def happen(notebook):
    for check in checks(notebook):
        check.source = f"# {check.source}"
    unmark(notebook)
