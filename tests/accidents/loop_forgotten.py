"""A loop that never ends was forgotten."""

from accidents._cells import code

CELL = """\
import time
while True:
    time.sleep(0.1)
"""
REPAIRED = ("A cell was interrupted after 20 s, the limit for one cell: import time",)


def happen(notebook):
    notebook.cells.insert(1, code(CELL))
