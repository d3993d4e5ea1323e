"""Passes that put back what is missing, and put cells into an order in which they can be run."""

from __future__ import annotations

import builtins
from collections.abc import Iterable

from autograder.source.notebook import is_display
from autograder.submission.graph import NameGraph
from autograder.submission.names import syntax_error_of
from autograder.submission.pieces import Alignment, Piece, Task, first_line, missing

_EVERYWHERE = {*dir(builtins), "display", "get_ipython"}


def put_back_given_cells(found: Alignment) -> None:
    """Put back the given cells that define what is used and nobody defines."""
    while True:
        code = [piece for piece in found.pieces if piece.is_code and not piece.only_draws]
        used = set().union(*(piece.used for piece in code))
        used |= set().union(*(task.names for task in found.checks.values()))
        lost = used - set().union(*(piece.bound for piece in code)) - _EVERYWHERE
        there = {piece.task for piece in found.pieces if piece.is_unchanged}
        given = [t for t in found.tasks if t.is_given and t.names & lost and t not in there]
        if not given:
            return
        task = given[0]
        why = _unreadable(found, task)
        _insert(found, task)
        found.repairs.append(
            f"A cell that the notebook came with {why or 'was missing'} and was put back, because "
            f"{_listed(task.names & lost)} would be undefined without it: "
            f"{first_line(task.cell.source)}"
        )


def _unreadable(found: Alignment, task: Task) -> str:
    """Why Python cannot read the cell that a given one has become, if so."""
    for piece in found.pieces:
        if piece.task is task and piece.is_code:
            error = syntax_error_of(piece.source)
            return f"cannot be read by Python any more ({error})" if error else ""
    return ""


def put_back_checks(found: Alignment) -> None:
    for task in missing(found.checks.values(), found.pieces):
        _insert(found, task)
        found.repairs.append(f"The check cell {task.check!r} was missing and was put back.")


def _insert(found: Alignment, task: Task) -> None:
    """Put a cell of the release below the last that stands before it there.

    A check comes also below the student's own cells there that define what it looks at.
    """
    before = [
        (piece.task.place, index)
        for index, piece in enumerate(found.pieces)
        if piece.task is not None and piece.task.place < task.place
    ]
    index = max(before)[1] + 1 if before else 0
    for own in range(index, len(found.pieces) if task.check and before else index):
        piece = found.pieces[own]
        if piece.task is not None:
            break
        if piece.bound & task.names:
            index = own + 1
    found.pieces.insert(index, Piece("code", task.cell.source, task))


def raise_given_cells(found: Alignment) -> None:
    """Move a given cell above what uses it, if it was above that in the release."""
    for task in found.tasks:
        places = [i for i, p in enumerate(found.pieces) if p.task is task and p.is_unchanged]
        if not task.is_given or is_display(task.cell) or len(places) != 1:
            continue
        (index,) = places
        piece = found.pieces[index]
        others = set().union(*(p.bound for p in found.pieces if p is not piece))
        alone = piece.bound - others
        users = [
            i
            for i, p in enumerate(found.pieces[:index])
            if p.used & alone and p.place > task.place and not p.check
        ]
        if users:
            found.pieces.insert(users[0], found.pieces.pop(index))
            found.repairs.append(
                "A cell that the notebook came with stood below cells that need it, and was "
                f"run before them: {first_line(piece.source)}"
            )


def lower_checks(found: Alignment) -> None:
    """Move a check below what it looks at, if that is defined nowhere above it."""
    for piece, task in [(p, p.task) for p in found.pieces if p.task is not None]:
        if not task.check:
            continue
        index = found.pieces.index(piece)
        above = set().union(*(p.bound for p in found.pieces[:index]))
        late = {name: _maker(found, name, task) for name in _needed(found, task) - above}
        makers = {name: maker for name, maker in late.items() if maker is not None}
        if makers:
            del found.pieces[index]
            last = max(found.pieces.index(maker) for maker in makers.values())
            while last + 1 < len(found.pieces) and _is_earlier(found, last + 1, task, index):
                last += 1
            found.pieces.insert(last + 1, piece)
            found.repairs.append(
                f"The check cell {task.check!r} stood above the cell that defines "
                f"{_listed(makers)}, and was run below it."
            )


def _is_earlier(found: Alignment, index: int, task: Task, above: int) -> bool:
    """Whether this is a check that was moved here before, and comes first in the release."""
    piece = found.pieces[index]
    return bool(piece.check) and index >= above and found.pieces[index].place < task.place


def _needed(found: Alignment, task: Task) -> set[str]:
    """The names that a check needs, also inside the functions that it looks at."""
    graph = NameGraph(
        ({name}, used)
        for piece in found.pieces
        for name, used in piece.used_inside.items()
        if name in piece.bound
    )
    return graph.needed(task.names)


def _maker(found: Alignment, name: str, task: Task) -> Piece | None:
    """The cell that defines a name for a check: the release's choice, else the last."""
    makers = [piece for piece in found.pieces if name in piece.bound]
    right = [p for p in makers if p.task is not None and p.task.place < task.place]
    chosen = right or makers
    return chosen[-1] if chosen else None


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))
