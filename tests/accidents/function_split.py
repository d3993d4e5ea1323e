"""A solution cell was split in the middle of its function."""

from accidents._cells import copy, place

REPAIRED = ("A cell had been split in the middle of a function",)


def happen(notebook):
    index = place(notebook, "convolve2d_solution")
    above = notebook.cells[index]
    below = copy(above)
    start = above.source.index("    result = ")
    above.source, below.source = above.source[:start], above.source[start:]
    notebook.cells.insert(index + 1, below)
