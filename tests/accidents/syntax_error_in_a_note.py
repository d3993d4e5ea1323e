"""A cell with notes is not Python."""

from accidents._cells import code

CELL = """\
the kernel must be flipped!
  why (?
"""


def happen(notebook):
    notebook.cells.insert(1, code(CELL))
