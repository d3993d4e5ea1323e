"""Grade a folder of submissions: the work behind `autograder grade`."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import nbformat

from autograder._exceptions import AutograderError, CourseError, SandboxBroken
from autograder.checks._registry import Measured
from autograder.course import Course, SubmissionLimits
from autograder.device import Lane
from autograder.gradebook import GradebookWriter, autograded_notebook, prepare_folder
from autograder.plan import (
    NotebookPlan,
    Plan,
    digest_of_assignment,
    make_plan,
    owners_of_forbidden,
    round_key,
)
from autograder.report import write_feedback, write_report
from autograder.results import (
    CheckRecord,
    FindingRecord,
    NotebookRecord,
    SubmissionRecord,
    Verdict,
    read_record,
    write_atomically,
    write_record,
)
from autograder.sandbox import Sandbox
from autograder.session import Session
from autograder.submission import (
    UnreadableNotebook,
    file_digest,
    read_submission,
    weight_digests,
)
from course_lib.checking.training_probes import Fit

# What every submission finds. Not `mnist_full`: its training labels are among others those that are
# withheld of `mnist`.
_DATA_SETS = ("mnist", "digits", "shapes32")


@dataclass
class Graded:
    """One submission, graded."""

    record: SubmissionRecord
    executed: dict[str, nbformat.NotebookNode] = field(default_factory=dict)


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
        workers: int = 1,
        figures: bool = False,
        lane: Lane | None = None,
    ) -> None:
        self.course, self.assignment = course, assignment
        self._key, self._round = key, round_number
        self._limits = limits or course.limits
        self._threads = max(1, (os.cpu_count() or 1) // workers)
        self._data: Path | None = None
        self._isolation = isolation
        self._figures = figures
        self._lane = lane
        self._lane_sandbox: Sandbox | None = None

    def __enter__(self) -> Grader:
        from course_lib import data

        self.course.notebooks(self.assignment)
        self._data = Path(tempfile.mkdtemp(prefix="course-data-"))
        try:
            for name in _DATA_SETS:
                data.export(name, self._data / f"{name}.npz", withhold_test_labels=True)
            self._data.chmod(0o755)
            masked = tuple(data.packaged_files())
            preload = owners_of_forbidden(self.course, self.assignment)
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

    @property
    def plan(self) -> Plan:
        """The assignment in this round; waits until it is made.

        Raises:
            CourseError: if the assignment is not released, or its checks and cells disagree.
        """
        return self._planning.result()

    def _make_plan(self) -> Plan:
        plan = make_plan(self.course, self.assignment, self._round, self._key)
        return plan if self._lane is None else _on_device(plan, self._lane.budget)

    @property
    def _device(self) -> str:
        """What trains; on a lane of the GPU also with which budgets, and by whose calibrations."""
        if self._lane is None or self._lane.budget == "cpu":
            return "cpu"
        return "; ".join([self._lane.name, *_budgets(self.plan)])

    def grade(self, student: str, folder: Path) -> Graded:
        """Grade one student's folder of notebooks. Never raises for what the student did."""
        started = time.monotonic()
        notebooks: list[NotebookRecord] = []
        executed: dict[str, nbformat.NotebookNode] = {}
        for plan in self.plan.notebooks:
            found, notebook = self.grade_notebook(plan, folder / f"{plan.name}.ipynb")
            notebooks.append(found)
            if notebook is not None:
                executed[plan.name] = notebook
        scores = [c.score for n in notebooks for c in n.checks if c.score is not None]
        record = SubmissionRecord(
            assignment=self.assignment,
            student=student,
            round=self._round,
            score=round(sum(scores), 4) if scores else None,
            max_score=self.plan.points,
            isolation=self._isolation,
            versions=self.sandbox.versions,
            grader_digest=self.plan.digest,
            duration_seconds=round(time.monotonic() - started, 3),
            device=self._device,
            weights=weight_digests(folder),
            notebooks=notebooks,
        )
        return Graded(record, executed)

    def grade_notebook(
        self, plan: NotebookPlan, path: Path, figures: bool | None = None
    ) -> tuple[NotebookRecord, nbformat.NotebookNode | None]:
        """Grade one notebook file; also the notebook with its outputs, if it could be run."""
        figures = self._figures if figures is None else figures
        # A link, of the file or of its folder, may lead to somebody else's work, or to ours.
        if path.is_symlink() or path.parent.is_symlink() or not path.is_file():
            return self._not_run(plan, f"{plan.name}.ipynb was not submitted."), None
        try:
            submission = read_submission(path, plan.release)
        except UnreadableNotebook as problem:
            return self._not_run(plan, str(problem), file_digest(path)), None
        environment = {
            "OMP_NUM_THREADS": str(self._threads),
            "TF_NUM_INTRAOP_THREADS": str(self._threads),
            "TF_NUM_INTEROP_THREADS": "1",
        }
        for attempt in (1, 2):
            try:
                with self._place(plan) as (sandbox, extra):
                    settings = environment | extra
                    result = Session(
                        sandbox, plan, submission, self._limits, settings, figures
                    ).run()
            except Exception as error:
                # The machine's fault, or ours: try once more, then leave it ungraded, never zero.
                # Whatever it was, the others are graded.
                if attempt == 2:
                    expected = isinstance(error, (SandboxBroken, OSError))
                    reason = str(error) if expected else f"{type(error).__name__}: {error}"
                    return self._ungraded(plan, submission.digest, reason), None
                continue
            break
        record = NotebookRecord(
            name=plan.name,
            digest=submission.digest,
            repairs=result.repairs,
            cpu_seconds=round(result.cpu_seconds, 3),
            checks=result.checks,
        )
        return record, result.executed

    @contextmanager
    def _place(self, plan: NotebookPlan) -> Iterator[tuple[Sandbox, dict[str, str]]]:
        """Where a notebook runs: one that trains in a slot of the lane, if there is a lane."""
        if self._lane is None or self._lane_sandbox is None or not plan.trains:
            yield self.sandbox, {}
            return
        with self._lane.slot() as environment:
            yield self._lane_sandbox, environment

    @staticmethod
    def _not_run(plan: NotebookPlan, problem: str, digest: str = "") -> NotebookRecord:
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

    @staticmethod
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


def _on_device(plan: Plan, device: str) -> Plan:
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
    out.mkdir(parents=True, exist_ok=True)
    key = round_key(out, round_number)
    with _locked(out):
        digest = digest_of_assignment(course, assignment)
        records: dict[str, SubmissionRecord] = {}
        todo: dict[str, Path] = {}
        for student, folder in found.items():
            record = read_record(_record_path(out, student, assignment))
            if not regrade and record and _is_current(record, folder, digest, round_number):
                records[student] = record
            else:
                todo[student] = folder
        prepare_folder(out, course, assignment, sorted(found))
        on_start(len(todo))
        if todo:
            with (
                Grader(
                    course,
                    assignment,
                    key=key,
                    round_number=round_number,
                    isolation=isolation,
                    limits=limits,
                    workers=min(workers, len(todo)),
                    figures=figures,
                    lane=lane,
                ) as grader,
                GradebookWriter(out / "gradebook.db", course) as gradebook,
            ):
                releases = {plan.name: plan.release for plan in grader.plan.notebooks}
                gradebook.register(assignment, releases)
                for graded in _grade_all(grader, todo, workers + (lane.size if lane else 0)):
                    _write(out, gradebook, graded, releases)
                    records[graded.record.student] = graded.record
                    on_graded(graded.record)
        ordered = [records[student] for student in sorted(records)]
        _write_report(out, course, assignment)
    problems = [
        f"{record.student}: {name} could not be graded" for record in ordered
        for name in record.ungraded
    ]  # fmt: skip
    return GradingRun(ordered, sorted(todo), problems)


def _grade_all(grader: Grader, todo: dict[str, Path], workers: int) -> Iterator[Graded]:
    with ThreadPoolExecutor(max_workers=workers) as pool:
        futures: list[Future[Graded]] = [
            pool.submit(grader.grade, student, folder) for student, folder in todo.items()
        ]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            for future in futures:
                future.cancel()
            grader.sandbox.close()
            raise


def _is_current(record: SubmissionRecord, folder: Path, digest: str, round_number: int) -> bool:
    return (
        record.grader_digest == digest
        and record.round == round_number
        and not record.ungraded
        and record.weights == weight_digests(folder)
        and all(
            file_digest(folder / f"{notebook.name}.ipynb") == notebook.digest
            for notebook in record.notebooks
        )
    )


def _record_path(out: Path, student: str, assignment: str) -> Path:
    return out / "results" / student / f"{assignment}.json"


def _write(
    out: Path,
    gradebook: GradebookWriter,
    graded: Graded,
    releases: dict[str, nbformat.NotebookNode],
) -> None:
    """Write everything about one submission; its record last, since it marks it as done."""
    record = graded.record
    for name, notebook in graded.executed.items():
        path = out / "autograded" / record.student / record.assignment / f"{name}.ipynb"
        write_atomically(
            path, nbformat.writes(autograded_notebook(notebook, record, releases[name])) + "\n"
        )
    for found in record.notebooks:
        path = out / "feedback" / record.student / record.assignment / f"{found.name}.html"
        write_feedback(path, record, found.name)
    gradebook.record(record)
    write_record(_record_path(out, record.student, record.assignment), record)


def _write_report(out: Path, course: Course, assignment: str) -> None:
    found = (read_record(path) for path in sorted((out / "results").glob(f"*/{assignment}.json")))
    records = [record for record in found if record is not None]
    if records:
        write_report(out, records, course_title=course.title)


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Only one grading run writes to an output folder at a time."""
    import fcntl

    with open(out / ".lock", "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CourseError(
                f"Another grading run is writing to {out}. Wait for it, or choose another --out."
            ) from None
        yield
