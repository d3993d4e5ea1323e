"""A given cell was deleted, and a cell of the student's own uses a name of it."""

from accidents._cells import code, place

REPAIRED = ("because `image` would be undefined without it: SLIDE_IMAGE = [",)


def happen(notebook):
    del notebook.cells[place(notebook, "code-2")]
    notebook.cells.append(code("print(image.sum())"))
