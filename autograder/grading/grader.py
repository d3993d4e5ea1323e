"""Grade single submissions of an assignment, in one sandbox."""

from __future__ import annotations

import copy
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import nbformat

from autograder._exceptions import SandboxBroken
from autograder.checks.calibrated import Measured
from autograder.grading import datasets
from autograder.grading.device import Lane
from autograder.grading.judging import check_record
from autograder.grading.plan import CheckPlan, NotebookPlan, Plan, make_plan, preloads
from autograder.grading.session import Session
from autograder.grading.transcript import NotebookTranscript, submission_digest
from autograder.records.results import (
    CheckRecord,
    FindingRecord,
    NotebookRecord,
    SubmissionRecord,
    Verdict,
)
from autograder.sandbox import Sandbox
from autograder.source.course import Course, SubmissionLimits
from autograder.submission.submitted import (
    SubmittedNotebook,
    UnreadableNotebook,
    file_digest,
    find_notebook,
    read_submission,
    weight_digests,
)
from course_lib.checking.training_probes import Fit

_ONE_THREAD = {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}


@dataclass
class Graded:
    """One submission, graded."""

    record: SubmissionRecord
    executed: dict[str, nbformat.NotebookNode] = field(default_factory=dict)
    transcripts: dict[str, NotebookTranscript] = field(default_factory=dict)


@dataclass
class GradedNotebook:
    """One notebook, graded; what was run, if anything was."""

    record: NotebookRecord
    executed: nbformat.NotebookNode | None = None
    transcript: NotebookTranscript | None = None


class Grader:
    """Grades submissions of one assignment in one sandbox. Thread-safe.

    Use it as a context manager. The plan (reference, cases) and the sandbox are made in the
    background, side by side.
    Cells that only draw (tag `display`) are run with `figures` only. Notebooks that train go
    through the `lane`, if there is one, and the others run beside it.

    Each submission computes on one thread, so that its results depend neither on the number of
    workers nor on the machine's cores; a class is graded as fast by more workers.

    Args:
        scratch: where files lie that are needed while it grades; the system's place by default.
    """

    def __init__(
        self,
        course: Course,
        assignment: str,
        *,
        key: bytes,
        round_number: int = 1,
        isolation: str = "namespaces",
        limits: SubmissionLimits | None = None,
        figures: bool = False,
        lane: Lane | None = None,
        scratch: Path | None = None,
    ) -> None:
        self.course, self.assignment = course, assignment
        self._key, self._round = key, round_number
        self._limits = limits or course.limits
        self._scratch = scratch
        self._data: Path | None = None
        self._isolation = isolation
        self._figures = figures
        self._lane = lane
        self._lane_sandbox: Sandbox | None = None

    def __enter__(self) -> Grader:
        self.course.notebooks(self.assignment)
        masked: tuple[Path, ...] = ()
        try:
            if self.course.settings.sandbox.data:
                self._data = Path(tempfile.mkdtemp(prefix="course-data-", dir=self._scratch))
                masked = datasets.provide(self.course, self._data)
            preload = preloads(self.course, self.assignment)
            self.sandbox = Sandbox(self._isolation, self._data, masked, preload)
            self.sandbox.start()
            if self._lane is not None:
                self._lane_sandbox = Sandbox(
                    self._isolation, self._data, masked, preload, warm=False
                )
                self._lane_sandbox.start()
            starter = ThreadPoolExecutor(1)
            self._planning = starter.submit(self._make_plan)
            starter.shutdown(wait=False)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exception: object) -> None:
        if hasattr(self, "sandbox"):
            self.sandbox.close()
        if self._lane_sandbox is not None:
            self._lane_sandbox.close()
        if self._data is not None:
            shutil.rmtree(self._data, ignore_errors=True)

    def under(self, limits: SubmissionLimits) -> Grader:
        """This grader, its sandbox and its plan, with other limits for submissions."""
        other = copy.copy(self)
        other._limits = limits
        return other

    @property
    def plan(self) -> Plan:
        """The assignment in this round; waits until it is made.

        Raises:
            CourseError: if the assignment is not released, or its checks and cells disagree.
        """
        return self._planning.result()

    def _make_plan(self) -> Plan:
        plan = make_plan(self.course, self.assignment, self._round, self._key)
        datasets.require_provided(plan)
        return plan if self._lane is None else on_device(plan, self._lane.budget)

    @property
    def _device(self) -> str:
        """What trains; on a lane of the GPU also with which budgets, and by whose calibrations."""
        if self._lane is None or self._lane.budget == "cpu":
            return "cpu"
        return "; ".join([self._lane.name, *_budgets(self.plan)])

    def grade(
        self, student: str, folder: Path, kept: dict[str, NotebookTranscript] | None = None
    ) -> Graded:
        """Grade one student's folder of notebooks. Never raises for what the student did.

        Args:
            kept: transcripts of an earlier run, by notebook. Checks that would be asked the same of
                the same files are judged from them.
        """
        started = time.monotonic()
        found = {}
        names = [plan.name for plan in self.plan.notebooks]
        for plan in self.plan.notebooks:
            path, repairs = find_notebook(folder, plan.release, plan.name, names)
            known = (kept or {}).get(plan.name)
            found[plan.name] = self.grade_notebook(plan, path, repairs=repairs, kept=known)
        notebooks = [graded.record for graded in found.values()]
        record = SubmissionRecord(
            assignment=self.assignment,
            student=student,
            round=self._round,
            score=total_score(notebooks),
            max_score=self.plan.points,
            isolation=self._isolation,
            versions=self._versions(),
            grader_digest=self.plan.digest,
            duration_seconds=round(time.monotonic() - started, 3),
            device=self._device,
            weights=weight_digests(folder),
            notebooks=notebooks,
        )
        return Graded(
            record,
            {name: g.executed for name, g in found.items() if g.executed is not None},
            {name: g.transcript for name, g in found.items() if g.transcript is not None},
        )

    def grade_notebook(
        self,
        plan: NotebookPlan,
        path: Path,
        figures: bool | None = None,
        repairs: Sequence[str] = (),
        kept: NotebookTranscript | None = None,
    ) -> GradedNotebook:
        """Grade one notebook file; `repairs` is what had to be put right to find it."""
        figures = self._figures if figures is None else figures
        # A link, of the file or of its folder, may lead to somebody else's work, or to ours.
        if path.is_symlink() or path.parent.is_symlink() or not path.is_file():
            return _not_run(plan, f"{plan.name}.ipynb was not submitted.")
        try:
            submission = read_submission(path, plan.release)
        except UnreadableNotebook as problem:
            return _not_run(plan, str(problem), file_digest(path))
        # The machine's fault, or ours: again, then ungraded, never zero.
        for patient in (True, True, False):
            try:
                return self._grade_read(plan, submission, figures, repairs, kept, patient)
            except Exception as error:
                expected = isinstance(error, (SandboxBroken, OSError))
                reason = str(error) if expected else f"{type(error).__name__}: {error}"
        return _ungraded(plan, reason, submission.digest)

    def _grade_read(
        self,
        plan: NotebookPlan,
        submission: SubmittedNotebook,
        figures: bool,
        repairs: Sequence[str],
        kept: NotebookTranscript | None,
        patient: bool,
    ) -> GradedNotebook:
        transcript = NotebookTranscript(
            submission_digest(submission.digest, weight_digests(submission.folder)),
            self._round,
            self._versions() | {"isolation": self._isolation, "device": self._device},
        )
        if kept and kept.is_like(transcript):
            transcript.repairs, transcript.cpu_seconds = kept.repairs, kept.cpu_seconds
            transcript.checks = {
                name: found
                for name, found in kept.checks.items()
                if name in plan.checks and found.key == plan.key_of(name, self._limits)
            }
        unasked = {n: check for n, check in plan.checks.items() if n not in transcript.checks}
        executed = None
        if unasked:
            asked = plan if len(unasked) == len(plan.checks) else replace(plan, checks=unasked)
            with self._place(asked) as (sandbox, settings):
                settings = _ONE_THREAD | settings
                result = Session(
                    sandbox, asked, submission, self._limits, settings, figures, patient
                ).run()
            transcript.checks |= result.checks
            transcript.repairs, transcript.cpu_seconds = result.repairs, result.cpu_seconds
            executed = result.executed
        record = NotebookRecord(
            name=plan.name,
            digest=submission.digest,
            repairs=[*repairs, *transcript.repairs],
            cpu_seconds=round(transcript.cpu_seconds, 3),
            checks=[
                check_record(check, transcript.checks[name], self._limits)
                for name, check in plan.checks.items()
            ],
        )
        return GradedNotebook(record, executed, transcript)

    def _versions(self) -> dict[str, str]:
        """What submissions run on; known as soon as the sandbox is ready."""
        with suppress(SandboxBroken):
            self.sandbox.wait_until_ready()
        return self.sandbox.versions

    @contextmanager
    def _place(self, plan: NotebookPlan) -> Iterator[tuple[Sandbox, dict[str, str]]]:
        """Where a notebook runs: one that trains in a slot of the lane, if there is a lane."""
        if self._lane is None or self._lane_sandbox is None or not plan.trains:
            yield self.sandbox, {}
            return
        with self._lane.slot() as environment:
            yield self._lane_sandbox, environment


def _not_run(plan: NotebookPlan, problem: str, digest: str = "") -> GradedNotebook:
    """A notebook that is not there or cannot be read: no points, and why."""
    checks = [_unasked(check, Verdict.NOT_REACHED, 0.0, problem) for check in plan.checks.values()]
    record = NotebookRecord(name=plan.name, digest=digest, problem=problem, checks=checks)
    return GradedNotebook(record)


def _ungraded(plan: NotebookPlan, reason: str, digest: str) -> GradedNotebook:
    """A notebook that we could not grade."""
    said = "The grader failed here; this is not your fault, and it will be graded again."
    checks = [_unasked(check, Verdict.UNGRADED, None, said) for check in plan.checks.values()]
    record = NotebookRecord(name=plan.name, digest=digest, problem=reason, checks=checks)
    return GradedNotebook(record)


def _unasked(plan: CheckPlan, verdict: Verdict, score: float | None, said: str) -> CheckRecord:
    return CheckRecord(
        name=plan.name,
        points=plan.points,
        score=score,
        verdict=verdict,
        cases=len(plan.cases),
        findings=[FindingRecord(message=said)],
    )


def total_score(notebooks: Sequence[NotebookRecord]) -> float | None:
    """The sum over all checks that were graded; `None` if none was."""
    scores = [c.score for n in notebooks for c in n.checks if c.score is not None]
    return round(sum(scores), 4) if scores else None


def on_device(plan: Plan, device: str) -> Plan:
    """The plan with a device's budgets and calibrations, where there are any for it."""
    notebooks = []
    for notebook in plan.notebooks:
        checks = {
            name: replace(found, cases=tuple(found.check.on(case, device) for case in found.cases))
            for name, found in notebook.checks.items()
        }
        notebooks.append(replace(notebook, checks=checks))
    return replace(plan, notebooks=notebooks)


def _budgets(plan: Plan) -> Iterator[str]:
    """Every training's budget, and the device whose calibration decides."""
    for notebook in plan.notebooks:
        for name, found in notebook.checks.items():
            for case in found.cases:
                if isinstance(case.expects, Measured) and isinstance(case.probe, Fit):
                    kept = ", ".join(f"{key}={value!r}" for key, value in case.probe.budget.items())
                    yield f"{name}: {kept or 'no budget'}, calibrated for the {case.expects.device}"
