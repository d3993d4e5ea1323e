"""A loop that never ends was forgotten."""

from accidents._cells import code

CELL = """\
import time
while True:
    time.sleep(0.1)
"""
REPAIRED = (
    "A cell was interrupted after 10 s in which it computed nothing "
    "(line 3, in <module>: time.sleep(0.1)): import time",
)


def happen(notebook):
    notebook.cells.insert(1, code(CELL))
