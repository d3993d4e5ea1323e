"""Grade single submissions of an assignment, in one sandbox."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import nbformat

from autograder._exceptions import MachineBusy, SandboxBroken, UnreadableNotebook
from autograder.checks.calibrated import Measured
from autograder.grading import datasets
from autograder.grading.attempts import Earlier
from autograder.grading.device import Lane
from autograder.grading.judging import check_record
from autograder.grading.plan import AssignmentPlan, CheckPlan, NotebookPlan, make_plan
from autograder.grading.second_look import SecondLook
from autograder.grading.session import Session, SessionResult
from autograder.grading.transcript import NotebookTranscript, submission_digest
from autograder.grading.workplace import Workplace
from autograder.records.results import (
    CheckRecord,
    NotebookRecord,
    SubmissionRecord,
    Verdict,
)
from autograder.sandbox import Sandbox
from autograder.source.course import Course, SubmissionLimits
from autograder.submission.file import SubmittedFile, read_file
from autograder.submission.folder import (
    HandedIn,
    Submission,
    digests_of,
    find_weights,
    read_submission,
)
from autograder.submission.submitted import SubmittedNotebook, aligned
from course_lib.checking.finding import Finding
from course_lib.checking.training_probes import Fit, ScoreWeights

_ONE_THREAD = {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}


@dataclass
class Graded:
    """One submission, graded.

    `causes` says why the grader failed on a notebook: it is for who runs it, not for the student.
    """

    record: SubmissionRecord
    executed: dict[str, nbformat.NotebookNode] = field(default_factory=dict)
    transcripts: dict[str, NotebookTranscript] = field(default_factory=dict)
    causes: dict[str, str] = field(default_factory=dict)


@dataclass
class GradedNotebook:
    """One notebook, graded; what was run, if anything was; and why the grader failed, if it did."""

    record: NotebookRecord
    executed: nbformat.NotebookNode | None = None
    transcript: NotebookTranscript | None = None
    cause: str = ""


class Grader:
    """Grades submissions of one assignment in a workplace. Thread-safe.

    `open_grader` makes one. Cells that only draw (tag `display`) are run with `figures` only.
    Notebooks that train go through the `lane`, if there is one, and the others run beside it.

    Each submission computes on one thread, so that its results depend neither on the number of
    workers nor on the machine's cores; a class is graded as fast by more workers.

    Args:
        course: the course.
        assignment: the assignment's name.
        workplace: where submissions run.
        planning: the assignment in this round, which may still be made.
        round_number: the round.
        limits: what a submission may use.
        figures: whether to run also the cells that only draw.
        lane: where notebooks that train are run.
    """

    def __init__(
        self,
        course: Course,
        assignment: str,
        workplace: Workplace,
        planning: Future[AssignmentPlan],
        *,
        round_number: int,
        limits: SubmissionLimits,
        figures: bool,
        lane: Lane | None,
    ) -> None:
        self.course, self.assignment = course, assignment
        self.sandbox, self._lane_sandbox = workplace.sandbox, workplace.lane_sandbox
        self._isolation = workplace.isolation
        self._planning = planning
        self._round = round_number
        self._limits = limits
        self._figures = figures
        self._lane = lane

    def under(self, limits: SubmissionLimits) -> Grader:
        """This grader, its sandbox and its plan, with other limits for submissions."""
        other = copy.copy(self)
        other._limits = limits
        return other

    @property
    def plan(self) -> AssignmentPlan:
        """The assignment in this round; waits until it is made.

        Raises:
            CourseError: if the assignment is not released, or its checks and cells disagree.
        """
        return self._planning.result()

    @property
    def _device(self) -> str:
        """What trains; on a lane of the GPU also with which budgets, and by whose calibrations."""
        if self._lane is None or self._lane.budget == "cpu":
            return "cpu"
        return "; ".join([self._lane.name, *_budgets(self.plan)])

    def grade(
        self,
        student: str,
        folder: Path,
        kept: Mapping[str, NotebookTranscript] | None = None,
        submission: Submission | None = None,
        earlier: Earlier | None = None,
    ) -> Graded:
        """Grade one student's folder of notebooks. Never raises for what the student did.

        Args:
            student: whose it is.
            folder: what was handed in.
            kept: transcripts of an earlier run, by notebook. Checks that would be asked the same of
                the same files are judged from them.
            submission: what was read from the folder, if it was read already.
            earlier: the student's attempts before this one, in this round.
        """
        started = time.monotonic()
        plans = {plan.name: plan for plan in self.plan.notebooks}
        if submission is None:
            releases = {name: plan.release for name, plan in plans.items()}
            submission = read_submission(folder, releases)
        weights = find_weights(folder, _wanted(self.plan.notebooks))
        earlier, brought = earlier or Earlier(), digests_of(weights)
        attempts = {
            name: earlier.attempt(name, submission.notebooks[name].digest, brought)
            for name in plans
        }
        found = {
            name: self._grade_file(
                plan,
                submission.notebooks[name],
                weights,
                (kept or {}).get(name),
                self._figures,
                student=student,
                attempt=attempts[name],
            )
            for name, plan in plans.items()
        }
        notebooks = [
            graded.record.model_copy(update={"attempt": attempts[name]})
            for name, graded in found.items()
        ]
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
            weights=brought,
            notebooks=notebooks,
        )
        return Graded(
            record,
            {name: g.executed for name, g in found.items() if g.executed is not None},
            {name: g.transcript for name, g in found.items() if g.transcript is not None},
            {name: g.cause for name, g in found.items() if g.cause},
        )

    def grade_notebook(
        self,
        plan: NotebookPlan,
        path: Path,
        figures: bool | None = None,
        second_look: bool = True,
        explained: bool = True,
    ) -> GradedNotebook:
        """Grade one notebook file on the cases of the plan.

        Without a second look a mistake costs all that it reaches. Unexplained, no cause is looked
        for, which changes no verdict and no score.
        """
        handed_in = HandedIn(read_file(path.parent, path.name))
        weights = find_weights(path.parent, _wanted([plan]))
        figures = self._figures if figures is None else figures
        return self._grade_file(
            plan, handed_in, weights, None, figures, second_look, explained=explained
        )

    def _grade_file(
        self,
        plan: NotebookPlan,
        handed_in: HandedIn,
        weights: Mapping[str, SubmittedFile],
        kept: NotebookTranscript | None,
        figures: bool,
        second_look: bool = True,
        student: str | None = None,
        attempt: int = 0,
        explained: bool = True,
    ) -> GradedNotebook:
        """Grade what was handed in for a notebook; a student's attempt on cases of its own."""
        drawn = plan
        if handed_in.file is None:
            if handed_in.others:
                found = ", ".join(handed_in.others)
                return _unreadable(plan, f"There is no {plan.name}.ipynb, but there is: {found}.")
            return _not_submitted(plan)
        try:
            submission = aligned(handed_in.file, plan.release, weights)
        except UnreadableNotebook as problem:
            return _unreadable(plan, str(problem), handed_in.digest)
        # The machine's fault, or ours: again, then ungraded, never zero.
        for patient in (True, True, False):
            try:
                if student is not None:
                    drawn = plan.drawn_for(student, _digest(submission), attempt)
                repairs = handed_in.repairs
                return self._grade_read(
                    drawn, submission, figures, repairs, kept, patient, second_look, explained
                )
            except MachineBusy as busy:
                # It would be so again at once; the next run of the grader tries it anew.
                return _ungraded(plan, str(busy), submission.digest)
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
        second_look: bool,
        explained: bool,
    ) -> GradedNotebook:
        transcript = NotebookTranscript(
            _digest(submission),
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

                def run(
                    asked: NotebookPlan, submission: SubmittedNotebook, figures: bool = False
                ) -> SessionResult:
                    return Session(
                        sandbox,
                        asked,
                        submission,
                        self._limits,
                        settings,
                        figures,
                        patient,
                        accelerated="CUDA_VISIBLE_DEVICES" in settings,
                    ).run()

                result = run(asked, submission, figures)
                transcript.checks |= result.checks
                transcript.repairs, transcript.cpu_seconds = result.repairs, result.cpu_seconds
                if second_look:
                    look = SecondLook(plan, submission, transcript.checks, run, self._limits)
                    transcript.repairs += look.take(result)
                    transcript.cpu_seconds += look.cpu_seconds
            executed = result.executed
        record = NotebookRecord(
            name=plan.name,
            digest=submission.digest,
            repairs=[*repairs, *transcript.repairs],
            cpu_seconds=round(transcript.cpu_seconds, 3),
            checks=[
                check_record(check, transcript.checks[name], self._limits, explained)
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


@contextmanager
def open_grader(
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
    workplace: Workplace | None = None,
    private: Iterable[Path] = (),
) -> Iterator[Grader]:
    """A grader of one assignment; its plan and its sandbox are made in the background.

    Args:
        course: the course.
        assignment: the assignment's name.
        key: the round's secret, from which cases are drawn.
        round_number: the round.
        isolation: how submissions are isolated, in a workplace of its own.
        limits: what a submission may use; by default what `course.toml` says.
        figures: whether to run also the cells that only draw.
        lane: where notebooks that train are run; by default with all others.
        scratch: where files lie that are needed while it grades; the system's place by default.
        workplace: where submissions run, if graders share it; else the grader has its own.
        private: folders that no submission may read, beside the course's own.

    Raises:
        CourseError: if there is no such assignment.
    """
    course.notebooks(assignment)
    device = "cpu" if lane is None else lane.budget

    def plan() -> AssignmentPlan:
        made = make_plan(course, assignment, round_number, key, device)
        datasets.require_provided(made)
        return made

    own = Workplace(
        course, [assignment], isolation, lane=lane is not None, scratch=scratch, private=private
    )
    with nullcontext(workplace) if workplace else own as place, ThreadPoolExecutor(1) as starter:
        yield Grader(
            course,
            assignment,
            place,
            starter.submit(plan),
            round_number=round_number,
            limits=limits or course.limits,
            figures=figures,
            lane=lane,
        )


def _digest(submission: SubmittedNotebook) -> str:
    return submission_digest(submission.digest, digests_of(submission.weights))


def _wanted(plans: Sequence[NotebookPlan]) -> set[str]:
    """The files of weights that checks score."""
    cases = (case for plan in plans for found in plan.checks.values() for case in found.cases)
    return {case.probe.file for case in cases if isinstance(case.probe, ScoreWeights)}


def _not_submitted(plan: NotebookPlan) -> GradedNotebook:
    """A notebook of which there is nothing: no points."""
    problem = f"{plan.name}.ipynb was not submitted."
    checks = [_unasked(check, Verdict.NOT_REACHED, 0.0, problem) for check in plan.checks.values()]
    return GradedNotebook(NotebookRecord(name=plan.name, digest="", problem=problem, checks=checks))


def _unreadable(plan: NotebookPlan, problem: str, digest: str = "") -> GradedNotebook:
    """Something was handed in that cannot be read as the notebook: a person has to look at it."""
    checks = [_unasked(check, Verdict.UNREADABLE, None, problem) for check in plan.checks.values()]
    record = NotebookRecord(name=plan.name, digest=digest, problem=problem, checks=checks)
    return GradedNotebook(record)


def _ungraded(plan: NotebookPlan, reason: str, digest: str) -> GradedNotebook:
    """A notebook that we could not grade."""
    said = "The grader failed here; this is not your fault, and it will be graded again."
    checks = [_unasked(check, Verdict.UNGRADED, None, said) for check in plan.checks.values()]
    record = NotebookRecord(name=plan.name, digest=digest, problem=said, checks=checks)
    return GradedNotebook(record, cause=reason)


def _unasked(plan: CheckPlan, verdict: Verdict, score: float | None, said: str) -> CheckRecord:
    return CheckRecord(
        name=plan.name,
        points=plan.points,
        score=score,
        verdict=verdict,
        cases=len(plan.cases),
        findings=[Finding(message=said)],
        feedback=plan.feedback,
    )


def total_score(notebooks: Sequence[NotebookRecord]) -> float | None:
    """The sum over all checks that were graded; `None` if none was."""
    scores = [c.score for n in notebooks for c in n.checks if c.score is not None]
    return round(sum(scores), 4) if scores else None


def _budgets(plan: AssignmentPlan) -> Iterator[str]:
    """Every training's budget, and the device whose calibration decides."""
    for notebook in plan.notebooks:
        for name, found in notebook.checks.items():
            for case in found.cases:
                if isinstance(case.expects, Measured) and isinstance(case.probe, Fit):
                    kept = ", ".join(f"{key}={value!r}" for key, value in case.probe.budget.items())
                    yield f"{name}: {kept or 'no budget'}, calibrated for the {case.expects.device}"
