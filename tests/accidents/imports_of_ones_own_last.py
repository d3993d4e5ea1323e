"""The student added an import to the cell with the imports, and it was dragged to the end."""

from accidents._cells import cell, place

# Solutions that only define functions are run above it; every check needs it.
REPAIRED = tuple(
    f"The check cell {name!r} stood above the cell that defines `np`"
    for name in (
        "correlate2d", "conv1d_full", "convolve2d", "pad2d", "conv2d_forward", "im2col",
        "conv2d_im2col",
    )
)  # fmt: skip


def happen(notebook):
    cell(notebook, "code-1").source += "\nimport math"
    del notebook.cells[place(notebook, "code-2")]
    notebook.cells.append(notebook.cells.pop(place(notebook, "code-1")))
