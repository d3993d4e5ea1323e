"""A check was turned into Markdown (key M)."""

from accidents._cells import cell

REPAIRED = ("The check cell 'pad2d' had been turned into text; it is a check again",)


def happen(notebook):
    cell(notebook, "pad2d")["cell_type"] = "markdown"
