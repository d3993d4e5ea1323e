"""A notebook of the course as its tests use it: its cells, its right answers, its checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from autograder.checks import Check, checks_of
from autograder.source.course import find_course
from autograder.source.mistakes import Variant, read_variant, read_variants, splice
from autograder.source.notebook import is_graded, marks, read_source
from autograder.source.reference import Reference
from course_lib.checking import CallFunction, Case, CaseResult, judge_case, run_probe

COURSE = find_course(Path(__file__))


@dataclass(frozen=True)
class Notebook:
    """One notebook. What takes time is done once, when it is first asked for."""

    assignment: str
    name: str

    def __str__(self) -> str:
        return f"{self.assignment}/{self.name}"

    @cached_property
    def cells(self) -> list[Any]:
        """The cells as they are solved."""
        return list(self._source.cells)

    @cached_property
    def points(self) -> dict[str, float]:
        """Of each graded cell."""
        graded = [marks(cell) for cell in self.cells if is_graded(cell)]
        points = {str(cell["grade_id"]): float(cell["points"]) for cell in graded}
        assert len(points) == len(graded)
        return points

    @cached_property
    def checks(self) -> dict[str, Check]:
        """What each graded cell requires."""
        return checks_of(COURSE, self.assignment, self.name)

    @property
    def ours(self) -> SimpleNamespace:
        """The names that the notebook itself defines: the right answers."""
        return self._reference.namespace

    def subject(self, check: str) -> Any:
        """What the graded cell hands to this check."""
        return self._reference.subject(check)

    def cases(self, check: str, key: bytes = b"key") -> tuple[Case, ...]:
        """The cases of a check under this key."""
        return self.checks[check].cases(key, self.ours)

    @cached_property
    def variants(self) -> list[Variant]:
        """Its known mistakes and other right answers."""
        return read_variants(COURSE, self.assignment, self.name)

    def with_variant(self, variant: str) -> Reference:
        """The notebook with a known mistake or another answer in it; each is run once."""
        if variant not in self._references:
            described = read_variant(COURSE, self.assignment, self.name, variant)
            cells = splice(self._source, described)
            self._references[variant] = Reference(cells, f"{self.name}/{variant}")
        return self._references[variant]

    @cached_property
    def _references(self) -> dict[str, Reference]:
        return {}

    @cached_property
    def _source(self) -> Any:
        return read_source(COURSE.source(self.assignment, self.name))

    @cached_property
    def _reference(self) -> Reference:
        return Reference(self._source, self.name)


@cache
def notebook(path: str) -> Notebook:
    """The notebook `"a01_layers/convolution"`."""
    assignment, name = path.split("/")
    return Notebook(assignment, name)


def every_notebook() -> list[Notebook]:
    """All that the course has."""
    return [notebook(f"{a}/{n}") for a in COURSE.assignments() for n in COURSE.notebooks(a)]


def judged(case: Case, subject: Any, check: str) -> CaseResult:
    """What a check says of an object in one case, with the case's prohibitions."""
    return judge_case(case, run_probe(case.probe, subject, case.forbids, allows=case.allows), check)


def require_passed(notebook: Notebook, check: str, subject: Any, rounds: Iterable[bytes]) -> None:
    """The check accepts an object under each of these keys."""
    for key in rounds:
        require_right(notebook.cases(check, key), check, subject)


def require_right(cases: Iterable[Case], check: str, subject: Any) -> None:
    """The check accepts an object in each of these cases."""
    for case in cases:
        result = judged(case, subject, check)
        assert result.outcome == "passed", (check, case.label, result.finding)


def require_refused(check: Check, shortcuts: Iterable[Callable[[], Any]]) -> None:
    """Each shortcut works, also if it was taken before the check; but not during the check."""
    for shortcut in shortcuts:
        shortcut()
        observed = run_probe(CallFunction(), shortcut, check.forbids, allows=check.allows)
        assert observed.outcome == "forbidden", observed
