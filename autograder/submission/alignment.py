"""The cells of a submission, brought into line with the release.

A submitted cell is recognised by nbgrader's grade_id, then by its id, then by its content, then by
the names that it defines, then by its place between recognised neighbours. Checks are restored as
released; what the student wrote is kept, wherever it stood. Nothing that is put right can earn
points by itself: all that is ever added are cells that every student was given.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable

import nbformat
from nbformat import NotebookNode

from autograder.source.notebook import is_display, marks
from autograder.submission.file import FileCell
from autograder.submission.names import plain_python, python_of
from autograder.submission.recognition import (
    Piece,
    Task,
    code_in_text,
    is_call_of_check,
    missing,
    recognise_by_marks,
    recognise_by_names,
    recognise_by_place,
    recognise_by_text,
    sections,
    squeezed,
)

_EVERYWHERE = {*dir(builtins), "display", "get_ipython"}


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
        self._tasks = [Task(place, cell) for place, cell in enumerate(wanted)]
        self._checks = {task.check: task for task in self._tasks if task.check}
        self._pieces = [Piece(cell.kind, cell.source) for cell in cells]
        if not recognise_by_marks(self._pieces, self._tasks, cells):
            self.repairs.append(
                "The marks that tell the cells apart were gone, as after saving in another "
                "editor: the cells were recognised by what is in them."
            )
        recognise_by_text(self._pieces, self._tasks)
        self._join_halves()
        self._restore_checks()
        self._part_merged_cells()
        recognise_by_names(self._pieces, self._tasks)
        recognise_by_place(self._pieces, self._tasks)
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
    def _cell(piece: Piece, index: int, marked: set[str]) -> NotebookNode:
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
        cell = nbformat.from_dict(made)
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

    # What is in them.

    def _join_halves(self) -> None:
        """Make one cell again of a function that was split in its middle."""
        joined: list[Piece] = []
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
                whole = Piece("code", f"{above.source}\n{piece.source}", above.task or piece.task)
                joined[-1] = whole
                continue
            joined.append(piece)
        self._pieces = joined

    def _restore_checks(self) -> None:
        """Give every recognised check its released text; keep what else was written there."""
        restored: list[Piece] = []
        for piece in self._pieces:
            task = piece.task
            if task is None or not task.check:
                restored.append(piece)
                continue
            if not piece.is_code and squeezed(piece.source) == squeezed(task.cell.source):
                self.repairs.append(
                    f"The check cell {task.check!r} had been turned into text; it is a check again."
                )
            elif squeezed(piece.source) != squeezed(task.cell.source):
                own = self._own(piece)
                restored += own
                self.repairs.append(
                    f"The check cell {task.check!r} had been edited and was restored."
                    + (" What you wrote there became a cell of its own above it." if own else "")
                )
            piece.become(task.cell.source, task)
            restored.append(piece)
        self._pieces = restored

    def _own(self, piece: Piece) -> list[Piece]:
        """What a cell holds beside checks."""
        parts = sections(piece.source, self._checks) if piece.is_code else None
        if parts is None:
            lines = piece.source.split("\n")
            kept = [line for line in lines if not is_call_of_check(line, self._checks)]
            parts = [("", "\n".join(kept))] if "".join(kept).strip() else []
        return [Piece(piece.kind, text) for check, text in parts if not check]

    def _part_merged_cells(self) -> None:
        """Take checks out of cells with other code, where they have no cell of their own."""
        lost = {task.check for task in missing(self._checks.values(), self._pieces)}
        parted: list[Piece] = []  # From below: of several calls of a check the last counts.
        repairs: list[str] = []
        for piece in reversed(self._pieces):
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
                    task = self._checks[check]
                    parted.append(Piece("code", task.cell.source, task))
                    repairs.append(
                        f"The check {check!r} stood in a cell with other code; it has a cell of "
                        "its own again."
                    )
        self._pieces = parted[::-1]
        self.repairs += repairs[::-1]

    def _restore_code(self) -> None:
        """Make code again of cells that were turned into text, unless it is there as code too."""
        code = {piece.task for piece in self._pieces if piece.is_code}
        for piece in self._pieces:
            task = piece.task
            if task is None or piece.is_code or not task.is_code:
                continue
            text = code_in_text(piece.source)
            if task in code or not text:
                piece.task = None
                continue
            code.add(task)
            piece.become(text, task)
            self.repairs.append(
                f"A code cell had been turned into text; it was run as code: {_first_line(text)}"
            )

    def _leave_out_copies(self) -> None:
        seen: dict[Task, int] = {}
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
        for task in missing(self._checks.values(), self._pieces):
            self._insert(task)
            self.repairs.append(f"The check cell {task.check!r} was missing and was put back.")

    def _insert(self, task: Task) -> None:
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
        self._pieces.insert(index, Piece("code", task.cell.source, task))

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
                if p.used & alone and p.place > task.place and not p.check
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

    def _is_earlier(self, index: int, task: Task, above: int) -> bool:
        """Whether this is a check that was moved here before, and comes first in the release."""
        found = self._pieces[index]
        return bool(found.check) and index >= above and self._pieces[index].place < task.place

    def _needed(self, task: Task) -> set[str]:
        """The names that a check needs, also inside the functions that it looks at."""
        needed: set[str] = set()
        pending = set(task.names)
        while pending:
            name = pending.pop()
            needed.add(name)
            for piece in self._pieces:
                if name in piece.bound:
                    pending |= piece.used_inside.get(name, set()) - needed
        return needed

    def _maker(self, name: str, task: Task) -> Piece | None:
        """The cell that defines a name for a check: the release's choice, else the last."""
        makers = [piece for piece in self._pieces if name in piece.bound]
        right = [p for p in makers if p.task is not None and p.task.place < task.place]
        found = right or makers
        return found[-1] if found else None


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _first_line(source: str) -> str:
    lines = source.strip().splitlines() or [""]
    return lines[0][:100]
