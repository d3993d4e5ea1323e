"""Finding cells of a notebook, for what is to happen to them."""

from __future__ import annotations

import nbformat
from nbformat import NotebookNode

from autograder.source.notebook import is_graded, is_solution, marks

CHECKS = (
    "output_size", "stride_two", "correlate2d", "less_parameters", "conv1d_full", "convolve2d",
    "pad2d", "same_padding", "conv2d_forward", "receptive_field", "im2col", "conv2d_im2col",
)  # fmt: skip
GONE = "The marks that tell the cells apart were gone"


def place(notebook: NotebookNode, name: str) -> int:
    """Where the cell with this grade_id or id stands."""
    (index,) = (
        index
        for index, cell in enumerate(notebook.cells)
        if name in (marks(cell).get("grade_id"), cell.get("id"))
    )
    return index


def cell(notebook: NotebookNode, name: str) -> NotebookNode:
    """The cell with this grade_id or id."""
    return notebook.cells[place(notebook, name)]


def checks(notebook: NotebookNode) -> list[NotebookNode]:
    return [found for found in notebook.cells if is_graded(found)]


def solutions(notebook: NotebookNode) -> list[NotebookNode]:
    return [found for found in notebook.cells if is_solution(found)]


def code(source: str) -> NotebookNode:
    """A code cell of the student's own."""
    return nbformat.v4.new_code_cell(source)


def copy(found: NotebookNode) -> NotebookNode:
    return nbformat.from_dict(found)


def unmark(notebook: NotebookNode, ids: bool = True) -> None:
    """Take all metadata off, and the ids too."""
    for number, found in enumerate(notebook.cells):
        found.metadata = nbformat.from_dict({})
        if ids:
            found["id"] = f"editor-{number}"
