"""Checks tried in this process, as an author writes them: no sandbox, no release, no waiting.

The solution, the release, the other answers and the known mistakes are run as the author's own
code, on the cases that the audit would draw, and judged by the same judge. What is proven is less
than in an audit: nothing is isolated, cells that compute are not run, and checks that judge a
training are left out.
"""

from __future__ import annotations

import ast
import contextlib
import io
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import nbformat
from nbformat import NotebookNode
from rich.markup import escape
from rich.table import Table

from autograder._exceptions import CourseError
from autograder.checks import Check, checks_of
from autograder.grading.judging import check_record
from autograder.grading.known_mistakes import KnownMistakes, seed_everything
from autograder.grading.plan import CheckPlan, NotebookPlan
from autograder.grading.transcript import CheckTranscript
from autograder.proof.entries import AuditEntry, audit_key, judge
from autograder.proof.reach import reach_of
from autograder.records.results import CheckRecord, NotebookRecord
from autograder.source.blame import blaming
from autograder.source.course import Course
from autograder.source.mistakes import Variant, read_variants, splice
from autograder.source.notebook import (
    BEGIN,
    END,
    checked_expression,
    checked_name,
    is_graded,
    is_solution,
    marks,
    read_source,
)
from autograder.source.reference import Reference
from autograder.submission.prohibitions import StudentCode
from course_lib.checking.exceptions import describe_exception
from course_lib.checking.judge import CaseResult
from course_lib.checking.probes import run_probe

_REGION = re.compile(rf"^([ \t]*){BEGIN}.*?{END}[^\n]*", re.MULTILINE | re.DOTALL)


@dataclass
class Tried:
    """One check, tried on one submission.

    Attributes:
        check: its name.
        name: `"solution"`, `"release"`, or the variant's name.
        record: what a student would get; `None` if the check was left out.
        cases: each case's label with its result.
        wrong: what is not as it must be, in sentences; empty if all is right.
    """

    check: str
    name: str
    record: CheckRecord | None = None
    cases: list[tuple[str, CaseResult]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def try_checks(
    course: Course,
    assignment: str,
    notebook: str,
    check: str = "",
    *,
    draw: int = 1,
    on_tried: Callable[[Tried], None] = lambda tried: None,
) -> list[Tried]:
    """Run the checks of a notebook on everything that is known about it.

    Args:
        course: the course.
        assignment: its name.
        notebook: its name.
        check: only this one.
        draw: number of the draw of cases, as in an audit.
        on_tried: told of each as soon as it is judged.

    Raises:
        CourseError: if the notebook, a check or a mistake is wrong; it names file and line.
    """
    if notebook not in course.notebooks(assignment):
        raise CourseError(
            f"{assignment} has no notebook {notebook!r}. Known: "
            f"{', '.join(course.notebooks(assignment))}."
        )
    # First what is wrong most often: no framework is imported for it.
    checks = checks_of(course, assignment, notebook)
    trial = _Trial(course, assignment, notebook, draw)
    graded = [str(marks(cell)["grade_id"]) for cell in filter(is_graded, trial.solution.cells)]
    if check and check not in graded:
        raise CourseError(
            f"{assignment}/{notebook} has no graded cell {check!r}. Known: {', '.join(graded)}."
        )
    found = []
    for name in [check] if check else graded:
        if name not in checks:
            raise CourseError(
                f"{course.shown(course.checks(assignment, notebook))} has no check {name!r}, which "
                f"the notebook grades. Known there: {', '.join(checks) or 'none'}."
            )
        for tried in trial.of(checks[name]):
            found.append(tried)
            on_tried(tried)
    return found


class _Trial:
    """Tries the checks of one notebook."""

    def __init__(self, course: Course, assignment: str, notebook: str, draw: int) -> None:
        self._course, self._assignment, self._notebook = course, assignment, notebook
        self._folder, self._draw = course.folder(assignment, notebook), draw
        self.solution = read_source(course.source(assignment, notebook))
        self._variants = read_variants(course, assignment, notebook)
        self._mistakes = KnownMistakes(course, assignment, notebook)
        self._right = Reference(self.solution, f"{assignment}/{notebook}")
        self._run: dict[str, Reference] = {"solution": self._right}

    def of(self, check: Check) -> Iterator[Tried]:
        """A check, on each submission that it has to do with."""
        with blaming(self._folder), _quiet():
            namespace = self._right.namespace
        with _quiet():
            seed_everything()
            cases = check.cases(audit_key(self._draw), namespace)
        cell = next(
            c for c in self.solution.cells if is_graded(c) and marks(c)["grade_id"] == check.name
        )
        points, subject = float(marks(cell)["points"]), checked_name(cell.source)
        plan = CheckPlan(check, points, cases, self._mistakes, subject=subject)
        if plan.judges_training:
            yield Tried(check.name, "it judges a training: `autograder audit` runs it")
            return
        for name, cells, variant in self._submissions(check.name):
            yield self._tried(plan, cell, name, cells, variant)

    def _submissions(self, check: str) -> Iterator[tuple[str, NotebookNode, Variant | None]]:
        yield "solution", self.solution, None
        yield "release", _stripped(self.solution), None
        for variant in self._variants:
            cells = splice(self.solution, variant)
            if check in variant.fails or (
                not variant.is_mistake
                and check in reach_of(self.solution, cells, {check}, ()).checks
            ):
                yield variant.name, cells, variant

    def _tried(
        self,
        plan: CheckPlan,
        cell: NotebookNode,
        name: str,
        cells: NotebookNode,
        variant: Variant | None,
    ) -> Tried:
        if name not in self._run:
            place = f"{self._assignment}/{self._notebook}/{name}"
            self._run[name] = Reference(cells, place, unfinished=True)
        transcript = self._exercised(plan, cell, cells, self._run[name])
        with _quiet():
            record = check_record(plan, transcript, self._course.limits)
            labels = [case.label for case in plan.cases]
            results = list(zip(labels, plan.judge(transcript.answers), strict=False))
        return Tried(plan.name, name, record, results, self._judged(plan, record, name, variant))

    def _exercised(
        self, plan: CheckPlan, cell: NotebookNode, cells: NotebookNode, code: Reference
    ) -> CheckTranscript:
        """What a submission does with the cases of a check."""
        transcript = CheckTranscript(key="", ended=True)
        subject = ast.unparse(checked_expression(cell.source))
        written = (c.source for c in cells.cells if c.cell_type == "code" and is_solution(c))
        found = plan.check
        transcript.forbidden = StudentCode(written).forbidden(subject, found.forbids, found.allows)
        if transcript.forbidden is not None:
            return transcript
        try:
            with _quiet():
                seed_everything()
                thing = code.subject(plan.name)
        except Exception as error:
            transcript.error = describe_exception(error)
            return transcript
        transcript.started = True
        for case in plan.cases:
            seed_everything()
            with _quiet():
                seen = run_probe(case.probe, thing, case.forbids, allows=case.allows)
            transcript.answers.append(seen)
        return transcript

    def _judged(
        self, plan: CheckPlan, record: CheckRecord, name: str, variant: Variant | None
    ) -> list[str]:
        """What an audit would say of this check."""
        if variant is not None and variant.is_mistake:
            # What builds on the first check may fail in its own way.
            hint = variant.hint if plan.name == variant.fails[0] else ""
            variant = replace(variant, fails=(plan.name,), hint=hint)
        asked = NotebookPlan(self._notebook, self.solution, {plan.name: plan})
        whole = NotebookRecord(name=self._notebook, digest="", checks=[record])
        entry: AuditEntry = judge(self._assignment, asked, name, variant, whole)
        return entry.wrong


def _stripped(solution: NotebookNode) -> NotebookNode:
    """The solution without its solutions, as the release has it."""
    stripped: NotebookNode = nbformat.from_dict(solution)
    for cell in stripped.cells:
        if cell.cell_type == "code" and is_solution(cell):
            cell.source = _REGION.sub(r"\1raise NotImplementedError()", cell.source)
    return stripped


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    with (
        warnings.catch_warnings(action="ignore"),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        yield


def tried_table(found: list[Tried]) -> Table:
    """What each submission gets."""
    table = Table(title_justify="left")
    for column in ("check", "submission", "score", "what the student is told", ""):
        table.add_column(column, overflow="fold")
    for tried in found:
        if tried.record is None:
            table.add_row(tried.check, tried.name, "", "", "[yellow]left out[/]")
            continue
        told = tried.record.findings[0] if tried.record.findings else None
        said = f"{told.message} {told.hint}".strip() if told else ""
        wrong = escape("; ".join(tried.wrong))
        table.add_row(
            tried.check,
            tried.name,
            f"{tried.record.score or 0.0:g} of {tried.record.points:g}",
            escape(said),
            f"[red]{wrong}[/]" if wrong else "[green]right[/]",
        )
    return table


def case_table(found: list[Tried]) -> Table:
    """The same, case by case."""
    table = Table(title_justify="left")
    for column in ("submission", "case", "outcome", "found"):
        table.add_column(column, overflow="fold")
    for tried in found:
        for label, result in tried.cases:
            said = result.finding.message if result.finding else ""
            table.add_row(tried.name, escape(label), result.outcome, escape(said))
        table.add_section()
    return table
