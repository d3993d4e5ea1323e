"""A submission on its way into line with the release: its cells, and those of the release."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from nbformat import NotebookNode

from autograder.source.notebook import checked_expression, is_display, is_graded, is_solution, marks
from autograder.submission.file import FileCell
from autograder.submission.names import bound_names, names_used_inside, used_names


@dataclass(eq=False)
class Task:
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
class Piece:
    """A cell on its way into the aligned notebook, and the cell of the release that it is."""

    kind: str
    source: str
    task: Task | None = None

    @property
    def is_code(self) -> bool:
        return self.kind == "code"

    @property
    def check(self) -> str:
        return self.task.check if self.task is not None else ""

    @property
    def place(self) -> int:
        """The place in the release; -1 for a cell of the student's own."""
        return -1 if self.task is None else self.task.place

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

    @cached_property
    def used_inside(self) -> dict[str, set[str]]:
        """What each of its functions and classes uses of the notebook."""
        return names_used_inside(self.source) if self.is_code else {}

    def become(self, source: str, task: Task) -> None:
        """Be this code from now on."""
        self.kind, self.source, self.task = "code", source, task
        for name in ("bound", "used", "used_inside"):
            self.__dict__.pop(name, None)


@dataclass(eq=False)
class Alignment:
    """What the passes of an alignment work on, one after the other.

    Attributes:
        tasks: the cells of the release that count.
        cells: what was read of the file.
        pieces: the student's cells, as they will be run: one for each of `cells` at first.
        repairs: what had to be put right, in sentences for the student.
    """

    tasks: list[Task]
    cells: list[FileCell]
    pieces: list[Piece]
    repairs: list[str] = field(default_factory=list)

    @cached_property
    def checks(self) -> dict[str, Task]:
        """The tasks that are checks, by name."""
        return {task.check: task for task in self.tasks if task.check}


def missing(tasks: Iterable[Task], pieces: Iterable[Piece]) -> list[Task]:
    """The cells of the release that no piece is."""
    there = {piece.task for piece in pieces}
    return [task for task in tasks if task not in there]


def first_line(source: str) -> str:
    """The first line of a cell, to name it by."""
    lines = source.strip().splitlines() or [""]
    return lines[0][:100]
