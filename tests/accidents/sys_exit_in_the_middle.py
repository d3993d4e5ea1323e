"""`sys.exit()` stops a cell above everything."""

from accidents._cells import code

CELL = """\
import sys
print("done")
sys.exit(0)
"""


def happen(notebook):
    notebook.cells.insert(1, code(CELL))
