"""A function of the student's own has the name of the course's `check`."""

from accidents._cells import code


def happen(notebook):
    notebook.cells.insert(2, code("def check(name, value):\n    print(name, 'looks right')"))
