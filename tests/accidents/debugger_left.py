"""A breakpoint was left in a cell."""

from accidents._cells import code

CELL = """\
for value in range(3):
    breakpoint()
    print(value)
"""


def happen(notebook):
    notebook.cells.insert(1, code(CELL))
