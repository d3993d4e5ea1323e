"""Which cell of the release a submitted cell is: passes that recognise, and what they read."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterable, Iterator

from autograder.source.notebook import marks
from autograder.submission.names import bound_names, plain_python, python_of
from autograder.submission.pieces import Alignment, Piece, Task, missing

_CLOSE = 0.8  # How much of a check's text must be left for it to be recognised without any mark.
_MAX_CHECK = 400  # Characters; no edited check is longer.


def recognise_by_marks(found: Alignment) -> None:
    """By nbgrader's grade_id, then by the id."""
    by_mark = {str(marks(t.cell)["grade_id"]): t for t in found.tasks if marks(t.cell)}
    by_id = {str(t.cell.get("id")): t for t in found.tasks}
    for piece, cell in zip(found.pieces, found.cells, strict=True):
        piece.task = by_mark.get(cell.grade_id) or by_id.get(cell.cell_id)
    if by_mark and not any(cell.grade_id in by_mark for cell in found.cells):
        found.repairs.append(
            "The marks that tell the cells apart were gone, as after saving in another "
            "editor: the cells were recognised by what is in them."
        )


def recognise_by_text(found: Alignment) -> None:
    """By what is in them: the same text, a call of the check, a text close to a check's."""
    pieces, tasks = found.pieces, found.tasks
    checks = found.checks
    texts = [squeezed(task.cell.source) for task in tasks]
    by_text = {t: k for t, k in zip(texts, tasks, strict=True) if texts.count(t) == 1}
    for piece in _unknown(pieces):
        piece.task = by_text.get(squeezed(piece.source))
    for piece in _unknown(pieces):
        parts = sections(piece.source, checks) if piece.is_code else None
        if parts and len(parts) == 1 and parts[0][0]:
            piece.task = checks[parts[0][0]]
    lost = {task.cell.source.strip(): task for task in missing(checks.values(), pieces)}
    for piece in _unknown(pieces):
        if lost and piece.is_code and 0 < len(piece.source) <= _MAX_CHECK:
            close = difflib.get_close_matches(piece.source.strip(), lost, 1, _CLOSE)
            if close:
                piece.task = lost.pop(close[0])


def recognise_by_names(found: Alignment) -> None:
    """A solution by the names that it defines; one in a text cell only if no code does."""
    pieces, tasks = found.pieces, found.tasks
    for task, names in _wanted(pieces, tasks):
        code = [p for p in _unknown(pieces) if p.is_code and p.bound & names]
        if not code and not any(p.bound & names for p in pieces):
            code = [
                p for p in _unknown(pieces)
                if not p.is_code and bound_names(code_in_text(p.source)) & names
            ]  # fmt: skip
        if code:
            code[0].task = task


def recognise_by_place(found: Alignment) -> None:
    """A solution by its neighbours, if only one unknown cell stands between them."""
    pieces, tasks = found.pieces, found.tasks
    for task in missing((task for task in tasks if task.is_solution), pieces):
        known = [i for i, piece in enumerate(pieces) if piece.task is not None]
        below = [i for i in known if pieces[i].place > task.place]
        end = min(below, default=len(pieces))
        start = max((i for i in known if i < end), default=-1)
        between = [p for p in pieces[start + 1 : end] if p.is_code]
        if len(between) == 1 and (start < 0 or pieces[start].place < task.place):
            between[0].task = task


def _wanted(pieces: list[Piece], tasks: list[Task]) -> Iterator[tuple[Task, set[str]]]:
    """The missing solutions with the names that they are to define."""
    given = set().union(*(task.names for task in tasks if not task.check))
    wanted: dict[Task, set[str]] = {}
    last: Task | None = None
    for task in tasks:
        if task.is_solution:
            last = task
            wanted[task] = set(task.names)
        elif task.check and last is not None:
            wanted[last] |= task.names - given
    for task in missing(wanted, pieces):
        if wanted[task]:
            yield task, wanted[task]


def _unknown(pieces: list[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.task is None and piece.source.strip()]


def code_in_text(source: str) -> str:
    """The code in a text cell, without the fence around it; empty if it holds no code."""
    text = source.strip()
    if text.startswith("```") and text.endswith("```"):
        text = text.partition("\n")[2].removesuffix("```").rstrip()
    tree = python_of(plain_python(text))
    # Prose may be Python by accident ("Answer"), but then it does nothing.
    statements = tree.body if tree is not None else []
    return text if any(not isinstance(node, (ast.Expr, ast.Pass)) for node in statements) else ""


def squeezed(source: str) -> str:
    """Text without white space, which editors and formatters change."""
    return "".join(source.split())


def sections(source: str, checks: Iterable[str]) -> list[tuple[str, str]] | None:
    """A cell parted at its calls of `check`: for each part the check's name, or none, and the text.

    Returns:
        `None` if it is not Python, or a call shares its line with other code.
    """
    tree = python_of(plain_python(source))
    if tree is None:
        return None
    lines = source.split("\n")
    parts: list[tuple[str, str]] = []
    start = 0
    for index, node in enumerate(tree.body):
        name = _checked_name(node)
        if name not in checks:
            continue
        last = node.end_lineno or node.lineno
        before = (tree.body[index - 1].end_lineno or 0) if index else 0
        after = tree.body[index + 1].lineno if index + 1 < len(tree.body) else last + 1
        if before >= node.lineno or after <= last:
            return None
        parts.append(("", "\n".join(lines[start : node.lineno - 1])))
        parts.append((name, "\n".join(lines[node.lineno - 1 : last])))
        start = last
    parts.append(("", "\n".join(lines[start:])))
    return [(name, text.strip("\n")) for name, text in parts if text.strip()]


def _checked_name(node: ast.stmt) -> str:
    """The name of the check that a statement calls, if that is what it does."""
    call = node.value if isinstance(node, ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or not call.args:
        return ""
    first = call.args[0]
    if call.func.id != "check" or not isinstance(first, ast.Constant):
        return ""
    return first.value if isinstance(first.value, str) else ""


def is_call_of_check(line: str, checks: Iterable[str]) -> bool:
    """Whether all that a line does is to call one of these checks."""
    tree = python_of(line.strip())
    return tree is not None and len(tree.body) == 1 and _checked_name(tree.body[0]) in checks
