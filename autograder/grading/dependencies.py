"""What builds on what in a notebook: the names that a check needs, the cell that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from nbformat import NotebookNode

from autograder.source.notebook import (
    checked_expression,
    is_graded,
    is_solution,
    marks,
    names_in,
)
from autograder.submission.names import bound_names, used_names


class Uses:
    """The names that cells give and take.

    Args:
        cells: of a notebook, in any order.
    """

    def __init__(self, cells: Sequence[NotebookNode]) -> None:
        self._cells = [
            (bound_names(cell.source), used_names(cell.source))
            for cell in cells
            if cell.cell_type == "code" and not is_graded(cell)
        ]

    def needed(self, names: Iterable[str]) -> set[str]:
        """These names and those that the cells which define them use, and so on."""
        needed: set[str] = set()
        pending = set(names)
        seen: set[int] = set()
        while pending:
            name = pending.pop()
            needed.add(name)
            for index, (bound, used) in enumerate(self._cells):
                if name in bound and index not in seen:
                    seen.add(index)
                    pending |= used - needed
        return needed


class Owners:
    """Which solution cell each check of a notebook is about, and what that cell defines.

    Args:
        source: the instructor's notebook.
    """

    def __init__(self, source: NotebookNode) -> None:
        self._cells = [cell for cell in source.cells if cell.cell_type == "code"]
        self._uses = Uses(self._cells)
        self.subjects = {
            str(marks(cell)["grade_id"]): names_in(checked_expression(cell.source))
            for cell in self._cells
            if is_graded(cell)
        }
        given = [c for c in self._cells if not is_solution(c) and not is_graded(c)]
        self._given = set().union(*(bound_names(cell.source) for cell in given))
        self.cell_of = cache(self._cell_of)

    def _cell_of(self, check: str) -> int | None:
        """The place of the last solution cell that the check needs: what it asks for is there."""
        needed = self._uses.needed(self.subjects[check])
        places = [i for i, cell in enumerate(self._cells) if is_solution(cell)]
        return max((i for i in places if self.names(i) & needed), default=None)

    def names(self, place: int) -> set[str]:
        """What a solution cell defines and no given cell does."""
        return bound_names(self._cells[place].source) - self._given

    def source(self, place: int) -> str:
        """The text of a solution cell."""
        return str(self._cells[place].source)
