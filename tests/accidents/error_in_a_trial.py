"""A trial stops with an error, as many do."""

from accidents._cells import code

CELL = """\
1 / 0
"""


def happen(notebook):
    notebook.cells.insert(1, code(CELL))
