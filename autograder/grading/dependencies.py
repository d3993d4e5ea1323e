"""What builds on what in a notebook: the names that a check needs, the cell that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
        """These names, those that the cells which define them use, and so on."""
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

    It is the last that the check needs: what else it needs was asked for before.

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
        uses = Uses(cells)
        self._cell_of = {
            check: self._last_of(uses.needed(names)) for check, names in self.subjects.items()
        }

    def _last_of(self, needed: set[str]) -> int:
        places = [place for place, names in enumerate(self._names) if names & needed]
        return max(places, default=-1)

    def cell_of(self, check: str) -> int:
        """Which of the solution cells a check is about; -1 if none."""
        return self._cell_of[check]

    def names(self, place: int) -> set[str]:
        """What a solution cell defines and no given cell does."""
        return self._names[place] if place >= 0 else set()

    def names_of(self, check: str) -> set[str]:
        """What the cell that a check is about defines."""
        return self.names(self._cell_of[check])

    def source(self, place: int) -> str:
        """The text of a solution cell."""
        return self._sources[place]


def subject_of(cells: Iterable[NotebookNode], check: str) -> set[str]:
    """The names in the call of a check."""
    for cell in cells:
        if is_graded(cell) and marks(cell)["grade_id"] == check:
            return names_in(checked_expression(cell.source))
    return set()
