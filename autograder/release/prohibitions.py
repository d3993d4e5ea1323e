"""What a student is told above a task of the calls that its check allows, in one form."""

from __future__ import annotations

from collections.abc import Iterable

import nbformat
from nbformat import NotebookNode

from autograder.checks import Check
from autograder.source.notebook import is_graded, is_solution, marks
from course_lib.checking.families import said_of

_SHORT = {"numpy": "np", "tensorflow": "tf"}
_INTERNAL = ("src", "python", "raw_ops")


def state_prohibitions(notebook: NotebookNode, checks: dict[str, Check]) -> None:
    """Write above each task which calls its check allows, or which it blocks.

    The line stands at the end of the prose above the first cell that the student writes for the
    check; above the check itself where there is no such cell.
    """
    cells: list[NotebookNode] = []
    first = 0  # of the cells since the last check
    for cell in notebook.cells:
        cells.append(cell)
        if not is_graded(cell):
            continue
        name = str(marks(cell)["grade_id"])
        if name in checks and (told := prohibition(checks[name].forbids, checks[name].allows)):
            written = (i for i in range(first, len(cells)) if is_solution(cells[i]))
            place = next(written, len(cells) - 1)
            above = cells[place - 1] if place > first else None
            if above is not None and above.cell_type == "markdown":
                above.source = f"{above.source}\n\n{told}"
            else:
                made = nbformat.v4.new_markdown_cell(told, id=f"{name}-blocked"[-64:])
                cells.insert(place, made)
        first = len(cells)
    notebook.cells = cells


def prohibition(forbids: Iterable[str], allows: Iterable[str] = ()) -> str:
    """The line for these dotted names and families; empty if there are none."""
    return "\n\n".join(filter(None, (_allowed(tuple(allows)), _blocked(sorted(forbids)))))


def _allowed(allows: tuple[str, ...]) -> str:
    if not allows:
        return ""
    return (
        f"*Allowed in this check, because you write the rest yourself:* {said_of(allows)}. Trying "
        "out anything else in a cell of your own costs nothing."
    )


def _blocked(names: list[str]) -> str:
    groups: dict[str, list[str]] = {}
    for name in _as_written(names) or names:
        owner, _, attribute = name.rpartition(".")
        package, dot, rest = owner.partition(".")
        groups.setdefault(_SHORT.get(package, package) + dot + rest, []).append(attribute)
    said = " · ".join(f"`{owner}`: {', '.join(found)}" for owner, found in groups.items())
    return f"*Blocked in this check, because you write it yourself:* {said}." if said else ""


def _as_written(names: list[str]) -> list[str]:
    """The names by which people call things; not the same things deeper in the libraries."""
    public = [
        name
        for name in names
        if not any(part.startswith(("_", "gen_")) or part in _INTERNAL for part in name.split("."))
    ]
    return [
        name
        for name in public
        if not any(_is_deeper(name, other) for other in public if other != name)
    ]


def _is_deeper(name: str, other: str) -> bool:
    """Whether `keras.ops.nn.conv` is told already by `keras.ops.conv`, or a method by its class."""
    owner, _, attribute = other.rpartition(".")
    return name.startswith(f"{other}.") or (
        name.startswith(f"{owner}.") and name.endswith(f".{attribute}")
    )
