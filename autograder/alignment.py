"""The cells of a submission, brought into line with the release.

A submitted cell is recognised by nbgrader's grade_id, then by its id, then by its content, then by
the names that it defines, then by its place between recognised neighbours. Checks are restored as
released; what the student wrote is kept, wherever it stood. Nothing that is put right can earn
points by itself: all that is ever added are cells that every student was given.
"""

from __future__ import annotations

import ast
import builtins
import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import nbformat
from nbformat import NotebookNode

from autograder.cell_names import bound_names, plain_python, python_of, used_by, used_names
from autograder.notebook_file import FileCell
from autograder.source import checked_expression, is_display, is_graded, is_solution, marks

_CLOSE = 0.8  # How much of a check's text must be left for it to be recognised without any mark.
_MAX_CHECK = 400  # Characters; no edited check is longer.
_EVERYWHERE = {*dir(builtins), "display", "get_ipython"}
_FENCE = re.compile(r"\s*```\w*\n(.*?)\n?```\s*", re.DOTALL)


@dataclass(eq=False)
class _Task:
    """A cell of the release that is code, or an answer in words."""

    place: int
    cell: NotebookNode

    @cached_property
    def check(self) -> str:
        """The name of the check, if it is one."""
        return str(marks(self.cell)["grade_id"]) if is_graded(self.cell) else ""

    @cached_property
    def is_solution(self) -> bool:
        return is_solution(self.cell) and self.is_code

    @property
    def is_code(self) -> bool:
        return bool(self.cell.cell_type == "code")

    @cached_property
    def is_given(self) -> bool:
        return self.is_code and not self.check and not self.is_solution

    @cached_property
    def names(self) -> set[str]:
        """What a check looks at; what any other cell defines."""
        if self.check:
            nodes = ast.walk(checked_expression(self.cell.source))
            return {node.id for node in nodes if isinstance(node, ast.Name)}
        return bound_names(self.cell.source) if self.is_code else set()


@dataclass(eq=False)
class _Piece:
    """A cell on its way into the aligned notebook, and the cell of the release that it is."""

    kind: str
    source: str
    task: _Task | None = None

    @property
    def is_code(self) -> bool:
        return self.kind == "code"

    @property
    def check(self) -> str:
        return self.task.check if self.task is not None else ""

    @property
    def is_unchanged(self) -> bool:
        return self.task is not None and self.source.strip() == self.task.cell.source.strip()

    @property
    def only_draws(self) -> bool:
        return self.is_unchanged and self.task is not None and is_display(self.task.cell)

    @cached_property
    def bound(self) -> set[str]:
        return bound_names(self.source) if self.is_code else set()

    @cached_property
    def used(self) -> set[str]:
        return used_names(self.source) if self.is_code else set()

    def become(self, source: str, task: _Task) -> None:
        """Be this code from now on."""
        self.kind, self.source, self.task = "code", source, task
        for name in ("bound", "used"):
            self.__dict__.pop(name, None)


def align(cells: list[FileCell], release: NotebookNode) -> tuple[list[NotebookNode], list[str]]:
    """The notebook to run, and what had to be put right, in sentences for the student.

    It holds every graded cell of the release once, as released, in the student's order as far as
    each stands below what it checks, and everything that the student wrote.
    """
    alignment = _Alignment(cells, release)
    return alignment.cells(), alignment.repairs


class _Alignment:
    def __init__(self, cells: list[FileCell], release: NotebookNode) -> None:
        self.repairs: list[str] = []
        wanted = [cell for cell in release.cells if cell.cell_type == "code" or marks(cell)]
        self._tasks = [_Task(place, cell) for place, cell in enumerate(wanted)]
        self._checks = {task.check: task for task in self._tasks if task.check}
        self._pieces = [_Piece(cell.kind, cell.source) for cell in cells]
        self._recognise_by_marks(cells)
        self._recognise_by_text()
        self._join_halves()
        self._restore_checks()
        self._part_merged_cells()
        self._recognise_by_names()
        self._recognise_by_place()
        self._restore_code()
        self._leave_out_copies()
        self._put_back_given_cells()
        self._put_back_checks()
        self._raise_given_cells()
        self._lower_checks()

    def cells(self) -> list[NotebookNode]:
        """The aligned cells, with ids of their own and with marks only of the release."""
        marked: set[str] = set()
        return [self._cell(piece, index, marked) for index, piece in enumerate(self._pieces)]

    @staticmethod
    def _cell(piece: _Piece, index: int, marked: set[str]) -> NotebookNode:
        make = nbformat.v4.new_code_cell if piece.is_code else nbformat.v4.new_markdown_cell
        cell = make(source=piece.source, metadata={}, id=f"cell-{index}")
        task = piece.task
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

    # Which cell is which.

    def _recognise_by_marks(self, cells: list[FileCell]) -> None:
        by_mark = {str(marks(t.cell)["grade_id"]): t for t in self._tasks if marks(t.cell)}
        by_id = {str(t.cell.get("id")): t for t in self._tasks}
        for piece, cell in zip(self._pieces, cells, strict=True):
            piece.task = by_mark.get(cell.grade_id) or by_id.get(cell.cell_id)
        if by_mark and not any(cell.grade_id in by_mark for cell in cells):
            self.repairs.append(
                "The marks that tell the cells apart were gone, as after saving in another "
                "editor: the cells were recognised by what is in them."
            )

    def _recognise_by_text(self) -> None:
        texts = [_squeezed(task.cell.source) for task in self._tasks]
        by_text = {t: k for t, k in zip(texts, self._tasks, strict=True) if texts.count(t) == 1}
        for piece in self._unknown():
            piece.task = by_text.get(_squeezed(piece.source))
        for piece in self._unknown():
            found = _sections(piece.source, self._checks) if piece.is_code else None
            if found and len(found) == 1 and found[0][0]:
                piece.task = self._checks[found[0][0]]
        missing = {task.cell.source.strip(): task for task in self._missing(self._checks.values())}
        for piece in self._unknown():
            if missing and piece.is_code and 0 < len(piece.source) <= _MAX_CHECK:
                close = difflib.get_close_matches(piece.source.strip(), missing, 1, _CLOSE)
                if close:
                    piece.task = missing.pop(close[0])

    def _recognise_by_names(self) -> None:
        """A solution by the names that it defines; one in a text cell only if no code does."""
        for task, names in self._wanted():
            code = [p for p in self._unknown() if p.is_code and p.bound & names]
            if not code and not any(p.bound & names for p in self._pieces):
                code = [
                    p for p in self._unknown()
                    if not p.is_code and bound_names(_code_in_text(p.source)) & names
                ]  # fmt: skip
            if code:
                code[0].task = task

    def _recognise_by_place(self) -> None:
        """A solution by its neighbours, if only one unknown cell stands between them."""
        for task in self._missing(task for task in self._tasks if task.is_solution):
            known = [i for i, piece in enumerate(self._pieces) if piece.task is not None]
            below = [i for i in known if self._place(i) > task.place]
            end = min(below, default=len(self._pieces))
            start = max((i for i in known if i < end), default=-1)
            between = [p for p in self._pieces[start + 1 : end] if p.is_code]
            if len(between) == 1 and (start < 0 or self._place(start) < task.place):
                between[0].task = task

    def _wanted(self) -> Iterator[tuple[_Task, set[str]]]:
        """The missing solutions with the names that they are to define."""
        given = set().union(*(task.names for task in self._tasks if not task.check))
        wanted: dict[_Task, set[str]] = {}
        last: _Task | None = None
        for task in self._tasks:
            if task.is_solution:
                last = task
                wanted[task] = set(task.names)
            elif task.check and last is not None:
                wanted[last] |= task.names - given
        for task in self._missing(wanted):
            if wanted[task]:
                yield task, wanted[task]

    def _unknown(self) -> list[_Piece]:
        return [piece for piece in self._pieces if piece.task is None and piece.source.strip()]

    def _missing(self, tasks: Iterable[_Task]) -> list[_Task]:
        there = {piece.task for piece in self._pieces}
        return [task for task in tasks if task not in there]

    def _place(self, index: int) -> int:
        task = self._pieces[index].task
        return -1 if task is None else task.place

    # What is in them.

    def _join_halves(self) -> None:
        """Make one cell again of a function that was split in its middle."""
        joined: list[_Piece] = []
        for piece in self._pieces:
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
                self.repairs.append(
                    "A cell had been split in the middle of a function; the two halves were put "
                    f"together again: {_first_line(above.source)}"
                )
                whole = _Piece("code", f"{above.source}\n{piece.source}", above.task or piece.task)
                joined[-1] = whole
                continue
            joined.append(piece)
        self._pieces = joined

    def _restore_checks(self) -> None:
        """Give every recognised check its released text; keep what else was written there."""
        restored: list[_Piece] = []
        for piece in self._pieces:
            task = piece.task
            if task is None or not task.check:
                restored.append(piece)
                continue
            if not piece.is_code and _squeezed(piece.source) == _squeezed(task.cell.source):
                self.repairs.append(
                    f"The check cell {task.check!r} had been turned into text; it is a check again."
                )
            elif _squeezed(piece.source) != _squeezed(task.cell.source):
                own = self._own(piece)
                restored += own
                self.repairs.append(
                    f"The check cell {task.check!r} had been edited and was restored."
                    + (" What you wrote there became a cell of its own above it." if own else "")
                )
            piece.become(task.cell.source, task)
            restored.append(piece)
        self._pieces = restored

    def _own(self, piece: _Piece) -> list[_Piece]:
        """What a cell holds beside checks."""
        sections = _sections(piece.source, self._checks) if piece.is_code else None
        if sections is None:
            lines = piece.source.split("\n")
            kept = [line for line in lines if not _is_call_of_check(line, self._checks)]
            sections = [("", "\n".join(kept))] if "".join(kept).strip() else []
        return [_Piece(piece.kind, text) for check, text in sections if not check]

    def _part_merged_cells(self) -> None:
        """Take checks out of cells with other code, where they have no cell of their own."""
        parted: list[_Piece] = []
        for piece in reversed(self._pieces):
            missing = {task.check for task in self._missing(self._checks.values())}
            missing -= {found.check for found in parted}
            names = missing if piece.is_code and "check" in piece.source else set()
            sections = _sections(piece.source, names) if names else None
            if sections is None or not any(check for check, _ in sections):
                parted.insert(0, piece)
                continue
            pieces = []
            task = piece.task
            for check, text in sections:
                if check and check in missing:
                    missing.discard(check)
                    pieces.append(_piece_of(self._checks[check]))
                    self.repairs.append(
                        f"The check {check!r} stood in a cell with other code; it has a cell of "
                        "its own again."
                    )
                elif not check:
                    pieces.append(_Piece("code", text, task))
                    task = None
            parted[:0] = pieces
        self._pieces = parted

    def _restore_code(self) -> None:
        """Make code again of cells that were turned into text, unless it is there as code too."""
        code = {piece.task for piece in self._pieces if piece.is_code}
        for piece in self._pieces:
            task = piece.task
            if task is None or piece.is_code or not task.is_code:
                continue
            text = _code_in_text(piece.source)
            if task in code or not text:
                piece.task = None
                continue
            code.add(task)
            piece.become(text, task)
            self.repairs.append(
                f"A code cell had been turned into text; it was run as code: {_first_line(text)}"
            )

    def _leave_out_copies(self) -> None:
        seen: dict[_Task, int] = {}
        kept = []
        for piece in self._pieces:
            task = piece.task
            if task is not None:
                seen[task] = seen.get(task, 0) + 1
                if task.check and seen[task] > 1:
                    self.repairs.append(f"A copy of the check cell {task.check!r} was left out.")
                    continue
            kept.append(piece)
        self._pieces = kept
        for task, count in seen.items():
            if task.is_solution and count > 1:
                (first, *_) = (piece for piece in kept if piece.task is task)
                self.repairs.append(
                    f"A cell is there {count} times; all were run, from top to bottom: "
                    f"{_first_line(first.source)}"
                )

    # What is missing, and in which order.

    def _put_back_given_cells(self) -> None:
        """Put back the given cells that define what is used and nobody defines."""
        while True:
            code = [piece for piece in self._pieces if piece.is_code and not piece.only_draws]
            used = set().union(*(piece.used for piece in code))
            used |= set().union(*(task.names for task in self._checks.values()))
            lost = used - set().union(*(piece.bound for piece in code)) - _EVERYWHERE
            there = {piece.task for piece in self._pieces if piece.is_unchanged}
            given = [t for t in self._tasks if t.is_given and t.names & lost and t not in there]
            if not given:
                return
            task = given[0]
            self._insert(task)
            self.repairs.append(
                f"A cell that the notebook came with was missing and was put back, because "
                f"{_listed(task.names & lost)} would be undefined without it: "
                f"{_first_line(task.cell.source)}"
            )

    def _put_back_checks(self) -> None:
        for task in self._missing(self._checks.values()):
            self._insert(task)
            self.repairs.append(f"The check cell {task.check!r} was missing and was put back.")

    def _insert(self, task: _Task) -> None:
        """Put a cell of the release below the last that stands before it there.

        A check comes also below the student's own cells there that define what it looks at.
        """
        before = [
            (piece.task.place, index)
            for index, piece in enumerate(self._pieces)
            if piece.task is not None and piece.task.place < task.place
        ]
        index = max(before)[1] + 1 if before else 0
        for own in range(index, len(self._pieces) if task.check and before else index):
            piece = self._pieces[own]
            if piece.task is not None:
                break
            if piece.bound & task.names:
                index = own + 1
        self._pieces.insert(index, _piece_of(task))

    def _raise_given_cells(self) -> None:
        """Move a given cell above what uses it, if it was above that in the release."""
        for task in self._tasks:
            places = [i for i, p in enumerate(self._pieces) if p.task is task and p.is_unchanged]
            if not task.is_given or is_display(task.cell) or len(places) != 1:
                continue
            (index,) = places
            piece = self._pieces[index]
            others = set().union(*(p.bound for p in self._pieces if p is not piece))
            alone = piece.bound - others
            users = [
                i
                for i, p in enumerate(self._pieces[:index])
                if p.used & alone and self._place(i) > task.place
            ]
            if users:
                self._pieces.insert(users[0], self._pieces.pop(index))
                self.repairs.append(
                    "A cell that the notebook came with stood below cells that need it, and was "
                    f"run before them: {_first_line(piece.source)}"
                )

    def _lower_checks(self) -> None:
        """Move a check below what it looks at, if that is defined nowhere above it."""
        for piece, task in [(p, p.task) for p in self._pieces if p.task is not None]:
            if not task.check:
                continue
            index = self._pieces.index(piece)
            above = set().union(*(p.bound for p in self._pieces[:index]))
            late = {name: self._maker(name, task) for name in self._needed(task) - above}
            makers = {name: maker for name, maker in late.items() if maker is not None}
            if makers:
                del self._pieces[index]
                last = max(self._pieces.index(maker) for maker in makers.values())
                while last + 1 < len(self._pieces) and self._is_earlier(last + 1, task, index):
                    last += 1
                self._pieces.insert(last + 1, piece)
                self.repairs.append(
                    f"The check cell {task.check!r} stood above the cell that defines "
                    f"{_listed(makers)}, and was run below it."
                )

    def _is_earlier(self, index: int, task: _Task, above: int) -> bool:
        """Whether this is a check that was moved here before, and comes first in the release."""
        found = self._pieces[index]
        return bool(found.check) and index >= above and self._place(index) < task.place

    def _needed(self, task: _Task) -> set[str]:
        """The names that a check needs, also inside the functions that it looks at."""
        needed: set[str] = set()
        pending = set(task.names)
        while pending:
            name = pending.pop()
            needed.add(name)
            for piece in self._pieces:
                if name in piece.bound:
                    pending |= used_by(piece.source, name) - needed
        return needed

    def _maker(self, name: str, task: _Task) -> _Piece | None:
        """The cell that defines a name for a check: the release's choice, else the last."""
        makers = [piece for piece in self._pieces if name in piece.bound]
        right = [p for p in makers if p.task is not None and p.task.place < task.place]
        found = right or makers
        return found[-1] if found else None


def _piece_of(task: _Task) -> _Piece:
    return _Piece("code", task.cell.source, task)


def _squeezed(source: str) -> str:
    return "".join(source.split())


def _code_in_text(source: str) -> str:
    """The code in a text cell, without the fence around it; empty if it holds no code."""
    fenced = _FENCE.fullmatch(source)
    text = fenced[1] if fenced else source
    tree = python_of(plain_python(text))
    # Prose may be Python by accident ("Answer"), but then it does nothing.
    does = tree is not None and any(
        not isinstance(node, (ast.Expr, ast.Pass)) for node in tree.body
    )
    return text if does else ""


def _sections(source: str, checks: Iterable[str]) -> list[tuple[str, str]] | None:
    """A cell parted at its calls of `check`: for each part the check's name, or none, and the text.

    Returns:
        `None` if it is not Python, or a call shares its line with other code.
    """
    tree = python_of(plain_python(source))
    if tree is None:
        return None
    lines = source.split("\n")
    sections: list[tuple[str, str]] = []
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
        sections.append(("", "\n".join(lines[start : node.lineno - 1])))
        sections.append((name, "\n".join(lines[node.lineno - 1 : last])))
        start = last
    sections.append(("", "\n".join(lines[start:])))
    return [(name, text.strip("\n")) for name, text in sections if text.strip()]


def _checked_name(node: ast.stmt) -> str:
    """The name of the check that a statement calls, if that is what it does."""
    call = node.value if isinstance(node, ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or not call.args:
        return ""
    first = call.args[0]
    if call.func.id != "check" or not isinstance(first, ast.Constant):
        return ""
    return first.value if isinstance(first.value, str) else ""


def _is_call_of_check(line: str, checks: Iterable[str]) -> bool:
    tree = python_of(line.strip())
    return tree is not None and len(tree.body) == 1 and _checked_name(tree.body[0]) in checks


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _first_line(source: str) -> str:
    lines = source.strip().splitlines() or [""]
    return lines[0][:100]
