"""Another editor wrote the notebook without any metadata."""

from accidents._cells import GONE, unmark

REPAIRED = (GONE,)


def happen(notebook):
    unmark(notebook, ids=False)
    notebook.metadata = {}
