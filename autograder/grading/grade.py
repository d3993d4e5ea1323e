"""Grade a folder of submissions: the work behind `autograder grade`."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from autograder._exceptions import AutograderError
from autograder.grading.device import Lane
from autograder.grading.grader import Graded, open_grader
from autograder.grading.plan import digest_of_assignment, round_key
from autograder.grading.publish import is_published, opened, publishing, write_class_report
from autograder.grading.transcript import NotebookTranscript, transcript_path
from autograder.grading.workplace import Workplace
from autograder.records.gradebook import prepare_folder
from autograder.records.history import last_entry
from autograder.records.results import SubmissionRecord
from autograder.source.course import Course, SubmissionLimits
from autograder.submission.folder import Submission, digests_of, find_weights, read_submission


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


@dataclass(frozen=True)
class Options:
    """How submissions are graded.

    Attributes:
        round_number: cases are fresh for each round and the same within one.
        isolation: how submissions are isolated.
        limits: what a submission may use; by default what `course.toml` says.
        figures: whether to run also the cells that only draw.
        regrade: whether to grade also what has not changed.
        workers: submissions graded side by side; by default one for each core.
        lane: where notebooks that train are run; by default with all others.
        workplace: where submissions run, if several gradings share it; else this one has its own.
    """

    round_number: int = 1
    isolation: str = "namespaces"
    limits: SubmissionLimits | None = None
    figures: bool = False
    regrade: bool = False
    workers: int | None = None
    lane: Lane | None = None
    workplace: Workplace | None = None

    @property
    def side_by_side(self) -> int:
        """Submissions graded at a time: those that wait for the lane keep no worker busy."""
        return (self.workers or os.cpu_count() or 1) + (self.lane.size if self.lane else 0)


@dataclass(frozen=True)
class Job:
    """A submission that is to be graded.

    Attributes:
        student: whose it is.
        folder: what was handed in.
        reason: why it is graded now.
        submission: what was read of it to know that, if anything was.
    """

    student: str
    folder: Path
    reason: str
    submission: Submission | None = None


@dataclass
class Choice:
    """What is to be done with the submissions of an assignment.

    Attributes:
        jobs: those to be graded.
        standing: the records of those whose grade stands.
        unpublished: which of these were not published: something ended the run that graded them.
    """

    jobs: list[Job] = field(default_factory=list)
    standing: list[SubmissionRecord] = field(default_factory=list)
    unpublished: list[SubmissionRecord] = field(default_factory=list)


def grade(
    course: Course,
    assignment: str,
    submissions: Path,
    out: Path,
    options: Options | None = None,
    *,
    students: Sequence[str] = (),
    on_start: Callable[[int], None] = lambda total: None,
    on_graded: Callable[[SubmissionRecord], None] = lambda record: None,
) -> GradingRun:
    """Grade submissions and write results, gradebook, notebooks, feedback and report under `out`.

    Only what is new or changed is graded, unless the options say otherwise.

    Args:
        course: the course.
        assignment: its name.
        submissions: the folder of all students' submissions.
        out: where everything goes.
        options: how they are graded.
        students: only these; all by default.
        on_start: told how many will be graded.
        on_graded: told about each as it is done.

    Raises:
        AutograderError: if grading cannot start.
    """
    options = options or Options()
    found = find_submissions(submissions, assignment, students)
    course.notebooks(assignment)
    with opened(out) as scratch:
        choice = choose(course, assignment, found, out, options)
        prepare_folder(out, course, assignment, sorted(found))
        on_start(len(choice.jobs))
        records = list(choice.standing)
        if choice.jobs or choice.unpublished:
            with publishing(out, course, assignment, scratch) as publisher:
                for record in choice.unpublished:
                    publisher.publish(record)
                running = _graded(course, assignment, choice.jobs, out, options, scratch)
                with closing(running):
                    for job, graded in running:
                        publisher.grade(
                            graded.record, job.reason, graded.executed, graded.transcripts
                        )
                        records.append(graded.record)
                        on_graded(graded.record)
        write_class_report(out, course, assignment)
    records.sort(key=lambda record: record.student)
    problems = [
        f"{record.student}: {name} could not be graded" for record in records
        for name in record.ungraded
    ]  # fmt: skip
    return GradingRun(records, sorted(job.student for job in choice.jobs), problems)


def choose(
    course: Course, assignment: str, found: Mapping[str, Path], out: Path, options: Options
) -> Choice:
    """Which submissions are to be graded, and why.

    Args:
        course: the course.
        assignment: its name.
        found: the folder of each student's submission.
        out: where earlier grades lie.
        options: how they would be graded.
    """
    digest = digest_of_assignment(course, assignment)
    releases = course.releases(assignment)
    choice = Choice()
    for student, folder in found.items():
        entry = last_entry(out, student, assignment)
        if entry is None:
            choice.jobs.append(Job(student, folder, "first grading"))
        elif options.regrade:
            choice.jobs.append(Job(student, folder, "asked for"))
        elif entry.record.round != options.round_number:
            choice.jobs.append(Job(student, folder, f"round {options.round_number}"))
        else:
            submission = read_submission(folder, releases)
            reason = _changed(entry.record, submission, digest)
            if reason is None:
                choice.standing.append(entry.record)
                if not is_published(out, entry.record):
                    choice.unpublished.append(entry.record)
            else:
                choice.jobs.append(Job(student, folder, reason, submission))
    return choice


def _changed(record: SubmissionRecord, submission: Submission, digest: str) -> str | None:
    """Why a submission is to be graded again; `None` if its grade stands."""
    handed_in = {name: found.digest for name, found in submission.notebooks.items()}
    if handed_in != {notebook.name: notebook.digest for notebook in record.notebooks}:
        return "handed in again"
    if record.weights != digests_of(find_weights(submission.folder)):
        return "handed in again"
    if record.ungraded:
        return "could not be graded before"
    if record.grader_digest != digest:
        return "the checks changed"
    return None


def _graded(
    course: Course,
    assignment: str,
    jobs: Sequence[Job],
    out: Path,
    options: Options,
    scratch: Path,
) -> Generator[tuple[Job, Graded], None, None]:
    """Grade submissions side by side, each with what earlier runs left of it in `out`."""
    if not jobs:
        return
    with open_grader(
        course,
        assignment,
        key=round_key(out, options.round_number),
        round_number=options.round_number,
        isolation=options.isolation,
        limits=options.limits,
        figures=options.figures,
        lane=options.lane,
        scratch=scratch,
        workplace=options.workplace,
    ) as grader:

        def grade_one(job: Job) -> tuple[Job, Graded]:
            kept = {} if options.regrade else _kept(out, job.student, course, assignment)
            return job, grader.grade(job.student, job.folder, kept, job.submission)

        with ThreadPoolExecutor(max_workers=options.side_by_side) as pool:
            pending = {pool.submit(grade_one, job) for job in jobs}
            try:
                while pending:
                    done, pending = wait(pending, return_when=FIRST_COMPLETED)
                    for future in done:
                        yield future.result()
            except BaseException:
                for future in pending:
                    future.cancel()
                if options.workplace is None:
                    grader.sandbox.close()
                raise


def _kept(
    out: Path, student: str, course: Course, assignment: str
) -> dict[str, NotebookTranscript]:
    """What earlier runs kept of a submission, by notebook."""
    found = {
        name: NotebookTranscript.read(transcript_path(out, student, assignment, name))
        for name in course.notebooks(assignment)
    }
    return {name: kept for name, kept in found.items() if kept is not None}
