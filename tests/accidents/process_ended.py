"""A cell ends the whole process."""

from accidents._cells import code

CELL = """\
import os
os._exit(0)
"""
REPAIRED = ("A cell ended the notebook (the process ended) and was left out",)


def happen(notebook):
    notebook.cells.insert(1, code(CELL))
