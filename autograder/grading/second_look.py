"""A notebook run again for checks that lost points by something that is not theirs.

Two things are put right, each in a run of its own in which only these checks are asked: given names
that the student overwrote are given back, and what another check found wrong is replaced by what
the instructor wrote, so that a mistake costs its own points once. Of both runs the better counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import nbformat
from nbformat import NotebookNode

from autograder.grading.dependencies import Owners, Uses
from autograder.grading.judging import check_record
from autograder.grading.plan import CheckPlan, NotebookPlan
from autograder.grading.session import SessionResult
from autograder.grading.transcript import CheckTranscript
from autograder.source.course import SubmissionLimits
from autograder.source.notebook import is_graded, marks
from autograder.submission.given import code_cell, put_back
from autograder.submission.names import bound_names
from autograder.submission.pieces import first_line
from autograder.submission.submitted import SubmittedNotebook
from course_lib.checking.probes import CallFunction, run_probe

_MAX_ROUNDS = 3  # So deep may wrong answers build on each other.

Run = Callable[[NotebookPlan, SubmittedNotebook], SessionResult]


@dataclass
class SecondLook:
    """What is found out about one notebook by running it again.

    Args:
        plan: the notebook's checks.
        submission: what the student handed in, aligned.
        transcripts: what became of the checks; those that gain are changed here.
        run: runs a notebook in the sandbox and asks some checks.
        limits: what a submission may use.
    """

    plan: NotebookPlan
    submission: SubmittedNotebook
    transcripts: dict[str, CheckTranscript]
    run: Run
    limits: SubmissionLimits
    cpu_seconds: float = 0.0

    def take(self, first: SessionResult) -> list[str]:
        """Run again what may gain by it.

        Args:
            first: the notebook as it was handed in.

        Returns:
            What was put right, in sentences for the student.
        """
        return [*self._give_names_back(first), *self._replace_what_is_wrong(set(first.checks))]

    def _score(self, name: str, transcript: CheckTranscript | None = None) -> float:
        check = self.plan.checks[name]
        record = check_record(check, transcript or self.transcripts[name], self.limits)
        return check.points if record.score is None else record.score

    def _failing(self) -> list[str]:
        """The checks that lost points, in the notebook's order."""
        checks = self.plan.checks
        return [name for name in checks if self._score(name) < checks[name].points]

    def _ask(self, names: Iterable[str], cells: list[NotebookNode]) -> dict[str, CheckTranscript]:
        """What becomes of these checks in a notebook of other cells."""
        checks = {name: self.plan.checks[name] for name in names}
        notebook = nbformat.from_dict(self.submission.notebook)
        notebook.cells = cells
        asked = replace(self.plan, checks=checks)
        result = self.run(asked, replace(self.submission, notebook=notebook))
        self.cpu_seconds += result.cpu_seconds
        return result.checks

    def _give_names_back(self, first: SessionResult) -> list[str]:
        """Give names back that the notebook came with, where a check needs what they meant."""
        cells = self.submission.notebook.cells
        failing = [name for name in self._failing() if name in first.checks]
        own = {
            i for i, n in first.overwritten.items() if n and not cells[i].metadata.get("released")
        }
        if not own or not failing:
            return []
        needed = {name: self._uses.needed(_subject(cells, name)) for name in failing}
        asked = [n for n in failing if any(first.overwritten[i].keys() & needed[n] for i in own)]
        if not asked:
            return []
        wanted = set().union(*(needed[name] for name in asked))
        mended = put_back(
            cells,
            self.plan.release,
            {i: names.keys() & wanted for i, names in first.overwritten.items()},
        )
        gained = {
            name: transcript
            for name, transcript in self._ask(asked, mended).items()
            if self._score(name, transcript) > self._score(name)
        }
        if not gained:
            return []
        self.transcripts |= gained
        self._go_on_with(mended)
        by_line: dict[str, set[str]] = {}
        for name, line in (item for i in sorted(own) for item in first.overwritten[i].items()):
            if any(name in needed[check] for check in gained):
                by_line.setdefault(line, set()).add(name)
        return [
            f"After `{line}`, {_listed(names)} did not mean any more what the notebook counts on; "
            f"that was put back for {_listed(gained)}."
            for line, names in by_line.items()
        ]

    def _go_on_with(self, cells: list[NotebookNode]) -> None:
        """Take these cells for the student's from now on."""
        notebook = nbformat.from_dict(self.submission.notebook)
        notebook.cells = cells
        self.submission = replace(self.submission, notebook=notebook)
        self.__dict__.pop("_uses", None)

    def _replace_what_is_wrong(self, fresh: set[str]) -> list[str]:
        """Ask a check again with a right answer to what it builds on, where the student's is wrong.

        The first to be wrong are those that build on nothing wrong. Whoever is wrong also with
        these replaced is wrong by itself, and is replaced in the next round.
        """
        if self.plan.reference is None:
            return []
        failing = self._failing()
        wrong: list[str] = []
        told: dict[str, list[str]] = {}
        for _ in range(_MAX_ROUNDS):
            builds_on = {name: self._builds_on(name, failing) for name in failing}
            wrong = [n for n in failing if n in wrong or not set(builds_on[n]) - set(wrong)]
            asked = {
                name: [other for other in builds_on[name] if other in wrong]
                for name in failing
                if name in fresh and name not in wrong
            }
            asked = {name: others for name, others in asked.items() if others}
            if not asked:
                break
            for name, transcript in self._asked_with_right_ones(asked).items():
                if self._score(name, transcript) > self._score(name):
                    self.transcripts[name].aided = transcript
                    self.transcripts[name].aided_by = told[name] = self._names_of(asked[name])
                if self._score(name) == self.plan.checks[name].points:
                    failing.remove(name)
                elif not set(builds_on[name]) - set(wrong):
                    wrong.append(name)
            if not set(failing) - set(wrong):
                break
        return _told(told)

    def _builds_on(self, name: str, failing: list[str]) -> list[str]:
        """The failing checks whose subjects this one needs, in another cell than its own."""
        needed = self._uses.needed(_subject(self.submission.notebook.cells, name))
        place = self._owners.cell_of(name)
        return [
            other
            for other in failing
            if (there := self._owners.cell_of(other)) not in (place, None)
            and there is not None
            and self._owners.names(there) & needed
            and not self._is_the_same_task(name, other)
        ]

    def _asked_with_right_ones(self, asked: Mapping[str, list[str]]) -> dict[str, CheckTranscript]:
        """What becomes of checks when the cells that others are about are the instructor's."""
        others = {other for found in asked.values() for other in found}
        cells = self.submission.notebook.cells
        for place in sorted({p for o in others if (p := self._owners.cell_of(o)) is not None}):
            right = code_cell(self._owners.source(place), f"right-{place}")
            checks = [other for other in others if self._owners.cell_of(other) == place]
            cells = _with_right(cells, right, self._owners.names(place), checks)
        return self._ask(asked, cells)

    def _is_the_same_task(self, name: str, other: str) -> bool:
        """Whether a call of what another check asks for would be the whole answer here."""
        if self.plan.reference is None:
            return False
        check = self.plan.checks[name]
        subject = self.plan.reference.subject(other)
        return callable(subject) and _passes(check, subject)

    def _names_of(self, checks: list[str]) -> list[str]:
        """What the student knows these checks by."""
        return sorted(set().union(*(self._owners.subjects[check] for check in checks)))

    @cached_property
    def _owners(self) -> Owners:
        assert self.plan.reference is not None
        return Owners(self.plan.reference.notebook)

    @cached_property
    def _uses(self) -> Uses:
        return Uses(self.submission.notebook.cells)


def _passes(check: CheckPlan, subject: object) -> bool:
    """Whether an object passes a check in which functions are called."""
    cases = [case for case in check.cases if isinstance(case.probe, CallFunction)]
    return bool(cases) and all(
        check.judge(case, run_probe(case.probe, subject, quiet=False)).outcome == "passed"
        for case in cases
    )


def _with_right(
    cells: list[NotebookNode], right: NotebookNode, names: set[str], checks: list[str]
) -> list[NotebookNode]:
    """Cells with a right one below each that defines these names, or else above its check."""
    result: list[NotebookNode] = []
    defined = False
    for cell in cells:
        if is_graded(cell) and marks(cell)["grade_id"] in checks and not defined:
            result.append(right)
        result.append(cell)
        if cell.cell_type == "code" and not is_graded(cell) and bound_names(cell.source) & names:
            result.append(right)
            defined = True
    return result


def _subject(cells: list[NotebookNode], check: str) -> set[str]:
    """The names in the call of a check."""
    from autograder.source.notebook import checked_expression, names_in

    for cell in cells:
        if is_graded(cell) and marks(cell)["grade_id"] == check:
            return names_in(checked_expression(cell.source))
    return set()


def _told(aided: Mapping[str, list[str]]) -> list[str]:
    """Which checks were asked with what replaced, a sentence for each that was replaced."""
    by: dict[tuple[str, ...], list[str]] = {}
    for name, names in aided.items():
        by.setdefault(tuple(names), []).append(name)
    return [
        f"{_listed(names)} is not right yet and costs its own points only: what builds on it was "
        f"graded with a right one in its place: {_listed(checks)}."
        for names, checks in by.items()
    ]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))
