"""The cells stand in reverse order, from a tool that sorted them."""

from accidents._cells import CHECKS

REPAIRED = (
    "A cell that the notebook came with stood below cells that need it",
    *(f"The check cell {name!r} stood above the cell that defines `{name}`" for name in CHECKS),
)


def happen(notebook):
    notebook.cells.reverse()
