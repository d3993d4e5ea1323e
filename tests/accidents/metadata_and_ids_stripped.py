"""Another editor wrote the notebook with new ids and without any metadata."""

from accidents._cells import GONE, unmark

REPAIRED = (GONE,)


def happen(notebook):
    unmark(notebook)
