"""Saved in format 3, by a tool of 2014: cells on a worksheet, code under `input`."""

from accidents._cells import GONE

REPAIRED = (GONE,)


def happen(notebook):
    cells = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cells.append({"cell_type": "code", "input": cell.source, "outputs": []})
        else:
            cells.append({"cell_type": "markdown", "source": cell.source})
    notebook.clear()
    notebook.update(nbformat=3, nbformat_minor=0, metadata={}, worksheets=[{"cells": cells}])
