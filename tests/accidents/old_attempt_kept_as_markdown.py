"""An old attempt was kept as Markdown above the right one, mark and all: it stays text."""

from accidents._cells import cell, copy, place


def happen(notebook):
    old = copy(cell(notebook, "pad2d_solution"))
    old["cell_type"] = "markdown"
    old.source = "def pad2d(x, padding):\n    return x"
    notebook.cells.insert(place(notebook, "pad2d_solution"), old)
