"""What builds on what in a notebook: the names that a check needs, the cell that it is about."""

from __future__ import annotations

from collections.abc import Iterable

from nbformat import NotebookNode

from autograder.source.notebook import (
    checked_expression,
    is_graded,
    is_solution,
    marks,
    names_in,
)
from autograder.submission.graph import NameGraph
from autograder.submission.names import bound_names, used_names


def graph_of(cells: Iterable[NotebookNode]) -> NameGraph:
    """The names that a notebook's cells give and take; its checks give none."""
    return NameGraph(
        (bound_names(cell.source), used_names(cell.source))
        for cell in cells
        if cell.cell_type == "code" and not is_graded(cell)
    )


class Owners:
    """Which solution cells each check of a notebook is about, and what they define.

    These are the cells that define what the check's call names, without those that an earlier check
    is about. If a given function stands between, it is the last solution cell that it needs.

    Attributes:
        subjects: the names in the call of each check.

    Args:
        source: the instructor's notebook.
    """

    def __init__(self, source: NotebookNode) -> None:
        cells = [cell for cell in source.cells if cell.cell_type == "code"]
        given = [cell for cell in cells if not is_solution(cell) and not is_graded(cell)]
        known = set().union(*(bound_names(cell.source) for cell in given))
        self._sources = [str(cell.source) for cell in cells if is_solution(cell)]
        self._names = [bound_names(source) - known for source in self._sources]
        checks = [str(marks(cell)["grade_id"]) for cell in cells if is_graded(cell)]
        self.subjects = {check: subject_of(cells, check) for check in checks}
        self._cells: dict[str, frozenset[int]] = {}
        graph = graph_of(cells)
        for check, names in self.subjects.items():
            called = self._defining(names)
            new = called - set().union(*self._cells.values())
            last = sorted(self._defining(graph.needed(names)))[-1:]
            self._cells[check] = frozenset(new or called or last)

    def _defining(self, names: set[str]) -> set[int]:
        return {place for place, bound in enumerate(self._names) if bound & names}

    def cells_of(self, check: str) -> frozenset[int]:
        """The places of the solution cells that a check is about, among all of them."""
        return self._cells[check]

    def names(self, places: Iterable[int]) -> set[str]:
        """What solution cells define and no given cell does."""
        return set().union(*(self._names[place] for place in places))

    def called(self, check: str) -> str:
        """What a student calls the answer to a check: by the name that it gives, if it is one.

        A check of several functions may be wrong in one of them alone, and some are called by given
        functions: then it is called by the name of the check.
        """
        answer = self.subjects[check] & self.names(self._cells[check])
        return next(iter(answer)) if len(answer) == 1 else check

    def source(self, place: int) -> str:
        """The text of a solution cell."""
        return self._sources[place]


def subject_of(cells: Iterable[NotebookNode], check: str) -> set[str]:
    """The names in the call of a check."""
    for cell in cells:
        if is_graded(cell) and marks(cell)["grade_id"] == check:
            return names_in(checked_expression(cell.source))
    return set()
