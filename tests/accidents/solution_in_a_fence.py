"""A solution was handed in as Markdown with a fence around it, without metadata or id."""

from accidents._cells import GONE, cell, unmark

REPAIRED = (GONE, "A code cell had been turned into text; it was run as code: def im2col")


def happen(notebook):
    solution = cell(notebook, "im2col_solution")
    solution["cell_type"] = "markdown"
    solution.source = f"```python\n{solution.source}\n```"
    unmark(notebook)
