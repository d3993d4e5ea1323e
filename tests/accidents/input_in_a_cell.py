"""A cell asks for a name and would wait for ever."""

from accidents._cells import code

CELL = """\
name = input("Your name? ")
print("Hello", name)
"""
REPAIRED = (
    "Nobody answers `input()` when a notebook is graded; write the value itself: name = input",
)


def happen(notebook):
    notebook.cells.insert(1, code(CELL))
