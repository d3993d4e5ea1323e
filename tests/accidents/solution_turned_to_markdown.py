"""A solution was turned into Markdown (key M) after it had been run."""

from accidents._cells import cell

REPAIRED = ("A code cell had been turned into text; it was run as code: def im2col",)


def happen(notebook):
    cell(notebook, "im2col_solution")["cell_type"] = "markdown"
