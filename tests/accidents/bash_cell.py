"""A cell is a shell script: it cannot be run, and only it is lost."""

from accidents._cells import code

CELL = """\
%%bash
ls -l
"""


def happen(notebook):
    notebook.cells.insert(1, code(CELL))
