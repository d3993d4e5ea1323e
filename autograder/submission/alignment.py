"""The cells of a submission, brought into line with the release.

A submitted cell is recognised by nbgrader's grade_id, then by its id, then by its content, then by
the names that it defines, then by its place between recognised neighbours. Checks are restored as
released; what the student wrote is kept, wherever it stood. Nothing that is put right can earn
points by itself: all that is ever added are cells that every student was given.
"""

from __future__ import annotations

from collections.abc import Callable

import nbformat
from nbformat import NotebookNode

from autograder.source.notebook import is_display, marks
from autograder.submission import ordering, recognition, restoring
from autograder.submission.file import FileCell
from autograder.submission.given import given_definitions, given_statements
from autograder.submission.pieces import Alignment, Piece, Task

PASSES: tuple[Callable[[Alignment], None], ...] = (
    recognition.recognise_by_marks,
    recognition.recognise_by_text,
    restoring.join_halves,
    restoring.restore_checks,
    restoring.part_merged_cells,
    recognition.recognise_by_names,
    recognition.recognise_by_place,
    restoring.restore_code,
    restoring.leave_out_copies,
    ordering.put_back_given_cells,
    ordering.put_back_checks,
    ordering.raise_given_cells,
    ordering.lower_checks,
)
"""What is done, in this order; each pass changes the alignment and says what it repaired."""


def align(cells: list[FileCell], release: NotebookNode) -> tuple[list[NotebookNode], list[str]]:
    """The notebook to run, and what had to be put right, in sentences for the student.

    It holds every graded cell of the release once, as released, in the student's order as far as
    each stands below what it checks, and everything that the student wrote.
    """
    wanted = [cell for cell in release.cells if cell.cell_type == "code" or marks(cell)]
    found = Alignment(
        tasks=[Task(place, cell) for place, cell in enumerate(wanted)],
        cells=cells,
        pieces=[Piece(cell.kind, cell.source) for cell in cells],
    )
    for align_further in PASSES:
        align_further(found)
    marked: set[str] = set()
    released = frozenset(given_statements(release))
    aligned = [_cell(piece, index, marked, released) for index, piece in enumerate(found.pieces)]
    return aligned, found.repairs


def _cell(piece: Piece, index: int, marked: set[str], released: frozenset[str]) -> NotebookNode:
    """An aligned cell, with an id of its own and with marks only of the release."""
    # nbformat's own makers validate every cell, which takes longer than to run most of them.
    kind = "code" if piece.is_code else "markdown"
    made: dict[str, object] = {
        "cell_type": kind,
        "id": f"cell-{index}",
        "metadata": {},
        "source": piece.source,
    }
    if piece.is_code:
        made |= {"execution_count": None, "outputs": []}
    cell: NotebookNode = nbformat.from_dict(made)
    task = piece.task
    if piece.is_code and not piece.check and not piece.is_unchanged:
        # What must not be lost with the cell, if it has to be left out.
        source = task.cell.source if task is not None and task.is_given else piece.source
        if kept := given_definitions(source, released):
            cell.metadata["given"] = kept
    if task is None:
        return cell
    name = str(marks(task.cell).get("grade_id", ""))
    if name and name not in marked:
        marked.add(name)
        cell.metadata["nbgrader"] = nbformat.from_dict(marks(task.cell))
    if task.is_given and piece.source == task.cell.source:
        cell.metadata["released"] = True
        cell.metadata["display"] = is_display(task.cell)
    return cell
