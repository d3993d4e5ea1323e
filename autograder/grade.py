"""Grade a folder of submissions: the work behind `autograder grade`."""

from __future__ import annotations

import copy
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import nbformat

from autograder._exceptions import AutograderError, SandboxBroken
from autograder.checks._registry import Measured
from autograder.course import Course, SubmissionLimits
from autograder.device import Lane
from autograder.gradebook import GradebookWriter, prepare_folder
from autograder.history import last_entry
from autograder.judging import check_record
from autograder.plan import (
    NotebookPlan,
    Plan,
    digest_of_assignment,
    make_plan,
    preloads,
    round_key,
)
from autograder.publish import Publisher, is_published, opened, write_class_report
from autograder.results import (
    CheckRecord,
    FindingRecord,
    NotebookRecord,
    SubmissionRecord,
    Verdict,
)
from autograder.sandbox import Sandbox
from autograder.session import Session
from autograder.submission import (
    SubmittedNotebook,
    UnreadableNotebook,
    file_digest,
    find_notebook,
    read_submission,
    weight_digests,
)
from autograder.transcript import NotebookTranscript, transcript_path
from course_lib.checking.training_probes import Fit

# What every submission finds. Not `mnist_full`: its training labels are among others those that are
# withheld of `mnist`.
_DATA_SETS = ("mnist", "digits", "shapes32")
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


@dataclass
class GradingRun:
    """What `grade` did.

    Attributes:
        records: of every selected student, graded now or before, by name.
        graded: names of those graded now.
        problems: what could not be graded, in lines.
    """

    records: list[SubmissionRecord]
    graded: list[str]
    problems: list[str]


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
        from course_lib import data

        self.course.notebooks(self.assignment)
        self._data = Path(tempfile.mkdtemp(prefix="course-data-", dir=self._scratch))
        try:
            for name in _DATA_SETS:
                data.export(name, self._data / f"{name}.npz", withhold_test_labels=True)
            self._data.chmod(0o755)
            masked = tuple(data.packaged_files())
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
            return GradedNotebook(not_run(plan, f"{plan.name}.ipynb was not submitted."))
        try:
            submission = read_submission(path, plan.release)
        except UnreadableNotebook as problem:
            return GradedNotebook(not_run(plan, str(problem), file_digest(path)))
        # The machine's fault, or ours: again, then ungraded, never zero.
        for patient in (True, True, False):
            try:
                return self._grade_read(plan, submission, figures, repairs, kept, patient)
            except Exception as error:
                expected = isinstance(error, (SandboxBroken, OSError))
                reason = str(error) if expected else f"{type(error).__name__}: {error}"
        return GradedNotebook(_ungraded(plan, submission.digest, reason))

    def _grade_read(
        self,
        plan: NotebookPlan,
        submission: SubmittedNotebook,
        figures: bool,
        repairs: Sequence[str],
        kept: NotebookTranscript | None,
        patient: bool,
    ) -> GradedNotebook:
        transcript = NotebookTranscript(_digest_with_weights(submission), self._round)
        if kept and (kept.digest, kept.round) == (transcript.digest, transcript.round):
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


def not_run(plan: NotebookPlan, problem: str, digest: str = "") -> NotebookRecord:
    """The record of a notebook that could not be read: no points, and why."""
    checks = [
        CheckRecord(
            name=check.name,
            points=check.points,
            score=0.0,
            verdict=Verdict.NOT_REACHED,
            cases=len(check.cases),
            findings=[FindingRecord(message=problem)],
        )
        for check in plan.checks.values()
    ]
    return NotebookRecord(name=plan.name, digest=digest, problem=problem, checks=checks)


def _ungraded(plan: NotebookPlan, digest: str, reason: str) -> NotebookRecord:
    message = "The grader failed here; this is not your fault, and it will be graded again."
    checks = [
        CheckRecord(
            name=check.name,
            points=check.points,
            score=None,
            verdict=Verdict.UNGRADED,
            cases=len(check.cases),
            findings=[FindingRecord(message=message)],
        )
        for check in plan.checks.values()
    ]
    return NotebookRecord(name=plan.name, digest=digest, problem=reason, checks=checks)


def total_score(notebooks: Sequence[NotebookRecord]) -> float | None:
    """The sum over all checks that were graded; `None` if none was."""
    scores = [c.score for n in notebooks for c in n.checks if c.score is not None]
    return round(sum(scores), 4) if scores else None


def _digest_with_weights(submission: SubmittedNotebook) -> str:
    weights = sorted(weight_digests(submission.folder).items())
    return hashlib.sha256(repr((submission.digest, weights)).encode()).hexdigest()


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


def find_submissions(
    folder: Path, assignment: str, students: Sequence[str] = ()
) -> dict[str, Path]:
    """Submission folders by student, in nbgrader's layout `folder/<student>/<assignment>/`.

    Raises:
        AutograderError: if the folder or a named student is missing.
    """
    if not folder.is_dir():
        raise AutograderError(
            f"No folder {folder}. Expected {folder}/<student>/{assignment}/<notebook>.ipynb."
        )
    found = {
        # A name that is no text in UTF-8 could be written nowhere.
        os.fsencode(path.name).decode(errors="backslashreplace"): path / assignment
        for path in sorted(folder.iterdir())
        if path.is_dir() and not path.name.startswith(".") and (path / assignment).is_dir()
    }
    missing = [name for name in students if name not in found]
    if missing:
        raise AutograderError(
            f"No submission of {assignment} by {', '.join(missing)} in {folder}. "
            f"Found: {', '.join(found) or 'none'}."
        )
    if not found:
        raise AutograderError(
            f"No submissions of {assignment} in {folder}. "
            f"Expected {folder}/<student>/{assignment}/<notebook>.ipynb."
        )
    return {name: path for name, path in found.items() if not students or name in students}


def grade(
    course: Course,
    assignment: str,
    submissions: Path,
    out: Path,
    *,
    students: Sequence[str] = (),
    workers: int | None = None,
    round_number: int = 1,
    isolation: str = "namespaces",
    regrade: bool = False,
    figures: bool = False,
    lane: Lane | None = None,
    limits: SubmissionLimits | None = None,
    on_start: Callable[[int], None] = lambda total: None,
    on_graded: Callable[[SubmissionRecord], None] = lambda record: None,
) -> GradingRun:
    """Grade submissions and write results, gradebook, notebooks, feedback and report under `out`.

    Only what is new or changed is graded, unless `regrade`.

    Args:
        students: only these; all by default.
        workers: submissions graded side by side; by default one for each core.
        round_number: cases are fresh for each round and the same within one.
        isolation: how submissions are isolated.
        figures: whether to run also the cells that only draw.
        lane: where notebooks that train are run; by default with all others.
        limits: what a submission may use; by default what `course.toml` says.
        on_start: told how many will be graded.
        on_graded: told about each as it is done.

    Raises:
        AutograderError: if grading cannot start.
    """
    workers = workers or os.cpu_count() or 1
    found = find_submissions(submissions, assignment, students)
    course.notebooks(assignment)
    with opened(out) as scratch:
        key = round_key(out, round_number)
        digest = digest_of_assignment(course, assignment)
        releases = course.releases(assignment)
        records: dict[str, SubmissionRecord] = {}
        reasons: dict[str, str] = {}
        unpublished: list[SubmissionRecord] = []
        for student, folder in found.items():
            entry = last_entry(out, student, assignment)
            record = entry.record if entry else None
            reason = "asked for" if regrade and record else None
            reason = reason or _reason(record, folder, releases, digest, round_number)
            if reason is not None:
                reasons[student] = reason
            elif record is not None:
                records[student] = record
                if not is_published(out, record):
                    unpublished.append(record)
        prepare_folder(out, course, assignment, sorted(found))
        on_start(len(reasons))
        if reasons or unpublished:
            with GradebookWriter(out / "gradebook.db", course, scratch) as gradebook:
                gradebook.register(assignment, releases)
                publisher = Publisher(out, gradebook, releases)
                for record in unpublished:
                    publisher.publish(record)
                if reasons:
                    with Grader(
                        course,
                        assignment,
                        key=key,
                        round_number=round_number,
                        isolation=isolation,
                        limits=limits,
                        figures=figures,
                        lane=lane,
                        scratch=scratch,
                    ) as grader:
                        todo = {
                            student: (
                                found[student],
                                {} if regrade else _kept(grader, out, student),
                            )
                            for student in reasons
                        }
                        for graded in _grade_all(
                            grader, todo, workers + (lane.size if lane else 0)
                        ):
                            record = graded.record
                            reason = reasons[record.student]
                            publisher.grade(record, reason, graded.executed, graded.transcripts)
                            records[record.student] = record
                            on_graded(record)
        ordered = [records[student] for student in sorted(records)]
        write_class_report(out, course, assignment)
    problems = [
        f"{record.student}: {name} could not be graded" for record in ordered
        for name in record.ungraded
    ]  # fmt: skip
    return GradingRun(ordered, sorted(reasons), problems)


def _kept(grader: Grader, out: Path, student: str) -> dict[str, Path]:
    """Where the transcripts of an earlier run may lie, by notebook."""
    return {
        name: transcript_path(out, student, grader.assignment, name)
        for name in grader.course.notebooks(grader.assignment)
    }


def _grade_all(
    grader: Grader, todo: dict[str, tuple[Path, dict[str, Path]]], workers: int
) -> Iterator[Graded]:
    def grade_one(student: str, folder: Path, kept: dict[str, Path]) -> Graded:
        transcripts = {
            name: transcript
            for name, path in kept.items()
            if (transcript := NotebookTranscript.read(path)) is not None
        }
        return grader.grade(student, folder, transcripts)

    with ThreadPoolExecutor(max_workers=workers) as pool:
        pending = {pool.submit(grade_one, student, *rest) for student, rest in todo.items()}
        try:
            while pending:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        except BaseException:
            for future in pending:
                future.cancel()
            grader.sandbox.close()
            raise


def _reason(
    record: SubmissionRecord | None,
    folder: Path,
    releases: dict[str, nbformat.NotebookNode],
    digest: str,
    round_number: int,
) -> str | None:
    """Why a submission is to be graded; `None` if its grade stands."""
    if record is None:
        return "first grading"
    if record.round != round_number:
        return f"round {round_number}"
    handed_in = {
        name: file_digest(find_notebook(folder, release, name, list(releases))[0])
        for name, release in releases.items()
    }
    if handed_in != {n.name: n.digest for n in record.notebooks}:
        return "handed in again"
    if record.weights != weight_digests(folder):
        return "handed in again"
    if record.ungraded:
        return "could not be graded before"
    if record.grader_digest != digest:
        return "the checks changed"
    return None
