"""Hundreds of empty cells, from a finger on the key B."""

from accidents._cells import code


def happen(notebook):
    notebook.cells[5:5] = [code("") for _ in range(800)]
