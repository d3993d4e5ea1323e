"""Passes that put right what is in the cells: halves, edited checks, merged cells, text, copies."""

from __future__ import annotations

from autograder.submission.names import plain_python, python_of
from autograder.submission.pieces import Alignment, Piece, Task, first_line, missing
from autograder.submission.recognition import code_in_text, is_call_of_check, sections, squeezed


def join_halves(found: Alignment) -> None:
    """Make one cell again of a function that was split in its middle."""
    joined: list[Piece] = []
    for piece in found.pieces:
        above = joined[-1] if joined else None
        if (
            above is not None
            and above.is_code
            and piece.is_code
            and not above.check
            and not piece.check
            and piece.source.lstrip("\n")[:1] in (" ", "\t")
            and python_of(plain_python(piece.source)) is None
            and python_of(plain_python(f"{above.source}\n{piece.source}")) is not None
        ):
            found.repairs.append(
                "A cell had been split in the middle of a function; the two halves were put "
                f"together again: {first_line(above.source)}"
            )
            whole = Piece("code", f"{above.source}\n{piece.source}", above.task or piece.task)
            joined[-1] = whole
            continue
        joined.append(piece)
    found.pieces = joined


def restore_checks(found: Alignment) -> None:
    """Give every recognised check its released text; keep what else was written there."""
    restored: list[Piece] = []
    for piece in found.pieces:
        task = piece.task
        if task is None or not task.check:
            restored.append(piece)
            continue
        if not piece.is_code and squeezed(piece.source) == squeezed(task.cell.source):
            found.repairs.append(
                f"The check cell {task.check!r} had been turned into text; it is a check again."
            )
        elif squeezed(piece.source) != squeezed(task.cell.source):
            own = _own(found, piece)
            restored += own
            found.repairs.append(
                f"The check cell {task.check!r} had been edited and was restored."
                + (" What you wrote there became a cell of its own above it." if own else "")
            )
        piece.become(task.cell.source, task)
        restored.append(piece)
    found.pieces = restored


def _own(found: Alignment, piece: Piece) -> list[Piece]:
    """What a cell holds beside checks."""
    parts = sections(piece.source, found.checks) if piece.is_code else None
    if parts is None:
        lines = piece.source.split("\n")
        kept = [line for line in lines if not is_call_of_check(line, found.checks)]
        parts = [("", "\n".join(kept))] if "".join(kept).strip() else []
    return [Piece(piece.kind, text) for check, text in parts if not check]


def part_merged_cells(found: Alignment) -> None:
    """Take checks out of cells with other code, where they have no cell of their own."""
    lost = {task.check for task in missing(found.checks.values(), found.pieces)}
    parted: list[Piece] = []  # From below: of several calls of a check the last counts.
    repairs: list[str] = []
    for piece in reversed(found.pieces):
        parts = sections(piece.source, lost) if piece.is_code and lost else None
        if parts is None or not any(check for check, _ in parts):
            parted.append(piece)
            continue
        own = [Piece("code", text) for check, text in parts if not check]
        for part in own[:1]:
            part.task = piece.task
        for check, _ in reversed(parts):
            if not check:
                parted.append(own.pop())
            elif check in lost:
                lost.discard(check)
                task = found.checks[check]
                parted.append(Piece("code", task.cell.source, task))
                repairs.append(
                    f"The check {check!r} stood in a cell with other code; it has a cell of "
                    "its own again."
                )
    found.pieces = parted[::-1]
    found.repairs += repairs[::-1]


def restore_code(found: Alignment) -> None:
    """Make code again of cells that were turned into text, unless it is there as code too."""
    code = {piece.task for piece in found.pieces if piece.is_code}
    for piece in found.pieces:
        task = piece.task
        if task is None or piece.is_code or not task.is_code:
            continue
        text = code_in_text(piece.source)
        if task in code or not text:
            piece.task = None
            continue
        code.add(task)
        piece.become(text, task)
        found.repairs.append(
            f"A code cell had been turned into text; it was run as code: {first_line(text)}"
        )


def leave_out_copies(found: Alignment) -> None:
    seen: dict[Task, int] = {}
    kept = []
    for piece in found.pieces:
        task = piece.task
        if task is not None:
            seen[task] = seen.get(task, 0) + 1
            if task.check and seen[task] > 1:
                found.repairs.append(f"A copy of the check cell {task.check!r} was left out.")
                continue
        kept.append(piece)
    found.pieces = kept
    for task, count in seen.items():
        if task.is_solution and count > 1:
            (first, *_) = (piece for piece in kept if piece.task is task)
            found.repairs.append(
                f"A cell is there {count} times; all were run, from top to bottom: "
                f"{first_line(first.source)}"
            )
