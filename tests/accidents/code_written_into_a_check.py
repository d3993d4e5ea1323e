"""The answer was written into the check cell, and the given cell left as it came."""

from accidents._cells import cell

REPAIRED = ("'pad2d' had been edited and was restored. What you wrote there became a cell",)


def happen(notebook):
    solution, check = cell(notebook, "pad2d_solution"), cell(notebook, "pad2d")
    check.source = f"{solution.source}\n\n{check.source}"
    solution.source = "def pad2d(x, padding):\n    raise NotImplementedError()"
