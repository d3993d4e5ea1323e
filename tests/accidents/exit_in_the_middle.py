"""`exit()` and `quit()` stand above everything."""

from accidents._cells import code

CELL = """\
exit()
quit()
"""
REPAIRED = ("`exit()` was passed over, so that the cells below could be graded: exit()",)


def happen(notebook):
    notebook.cells.insert(1, code(CELL))
