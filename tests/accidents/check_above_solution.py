"""A check was dragged above its solution; at the desk it was run second."""

from accidents._cells import place

REPAIRED = ("'im2col' stood above the cell that defines `im2col`, and was run below it",)


def happen(notebook):
    check = notebook.cells.pop(place(notebook, "im2col"))
    notebook.cells.insert(place(notebook, "im2col_solution"), check)
