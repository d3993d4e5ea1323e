"""Grade a folder of submissions: the work behind `autograder grade`."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from autograder._exceptions import CourseError, NewerRecord, SandboxBroken, SandboxUnavailable
from autograder.grading.attempts import Earlier, earlier_attempts
from autograder.grading.derived import gradebook_scores, outdated
from autograder.grading.device import Lane
from autograder.grading.grader import Graded, open_grader
from autograder.grading.plan import digest_of_assignment, round_key
from autograder.grading.publish import (
    NO_ROOM,
    is_writable,
    opened,
    publishing,
    released_assignments,
    require_writable,
    write_class_report,
)
from autograder.grading.remedies import remember_submissions
from autograder.grading.transcript import NotebookTranscript, transcript_path
from autograder.grading.workplace import Workplace
from autograder.records.gradebook import prepare_folder
from autograder.records.history import Standing, read_standing
from autograder.records.keys import shown_name
from autograder.records.results import SubmissionRecord, Verdict
from autograder.source.course import Course, SubmissionLimits
from autograder.submission.folder import Submission, digests_of, find_weights, read_submission
from autograder.submission.inbox import Inbox, Place, look_into


@dataclass
class GradingRun:
    """What `grade` did.

    Attributes:
        records: of every selected student, graded now or before, by name.
        graded: names of those graded now.
        problems: what could not be graded, in lines.
        inbox: what was found in the folder of submissions, and what of it was not used.
        notes: what was damaged in the output folder, and what became of it, in lines.
    """

    records: list[SubmissionRecord]
    graded: list[str]
    problems: list[str]
    inbox: Inbox
    notes: list[str] = field(default_factory=list)

    @property
    def needs_a_look(self) -> bool:
        """Whether something could not be graded, or may be work that was not used."""
        return bool(self.problems) or any(unused.may_be_work for unused in self.inbox.unused)


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
        earlier: the student's attempts before this one.
    """

    student: str
    folder: Path
    reason: str
    submission: Submission | None = None
    earlier: Earlier | None = None


@dataclass
class Choice:
    """What is to be done with the submissions of an assignment.

    Attributes:
        jobs: those to be graded.
        standing: the records of those whose grade stands.
        problems: why nothing can be said of a student, by the key.
    """

    jobs: list[Job] = field(default_factory=list)
    standing: list[SubmissionRecord] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)


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
    notebooks = course.notebooks(assignment)
    everything = look_into(submissions, assignment, notebooks, course.assignments())
    inbox = everything.only(students)
    with opened(out) as scratch:
        standing = read_standing(out)
        notes = standing.damage(assignment)
        choice = choose(course, assignment, inbox.places, standing, options, out, scratch)
        problems, causes = choice.problems, {}
        records = list(choice.standing)
        if choice.jobs:
            require_writable(out)
        if is_writable(out):
            remember_submissions(out, assignment, submissions)
        prepare_folder(out, course, assignment, sorted(inbox.places))
        scores, damage = gradebook_scores(out)
        notes += [damage] if damage else []
        lost = outdated(out, standing, scores, released_assignments(course))
        on_start(len(choice.jobs))
        if choice.jobs or lost:
            with publishing(out, course, assignment, scratch) as publisher:
                for record in lost:
                    with _noting(problems, record.student, out):
                        publisher.publish(record)
                running = _graded(
                    course, assignment, choice.jobs, out, options, scratch, (out, submissions)
                )
                with closing(running):
                    for job, graded in running:
                        with _noting(problems, job.student, out):
                            if isinstance(graded, Exception):
                                raise graded
                            publisher.grade(
                                graded.record, job.reason, graded.executed, graded.transcripts
                            )
                            records.append(graded.record)
                            causes[job.student] = graded.causes
                            on_graded(graded.record)
        lines = [f"{student}: {reason}" for student, reason in sorted(problems.items())]
        lines += [
            f"{student}: {notebook} could not be graded here. {cause}"
            for student, found in sorted(causes.items())
            for notebook, cause in found.items()
        ]
        counting = {(record.assignment, record.student): record for record in standing.records}
        counting |= {(record.assignment, record.student): record for record in records}
        write_class_report(out, course, list(counting.values()), lines, everything.unused)
    records.sort(key=lambda record: record.student)
    for record in records:
        lines += [f"{record.student}: {problem}" for problem in _open(record)]
    graded_now = sorted(job.student for job in choice.jobs)
    return GradingRun(records, graded_now, lines, inbox, notes)


def _open(record: SubmissionRecord) -> Iterator[str]:
    """What of a submission has no grade, in lines: a notebook that nobody could read, a check."""
    for notebook in record.notebooks:
        verdicts = {check.name: check.verdict for check in notebook.checks}
        if Verdict.UNREADABLE in verdicts.values():
            yield f"{notebook.name} could not be read. {notebook.problem}"
        for name, verdict in verdicts.items():
            if verdict is Verdict.UNGRADED:
                yield f"{name} could not be graded"


@contextmanager
def _noting(problems: dict[str, str], student: str, out: Path | None = None) -> Iterator[None]:
    """Note what goes wrong for one student, so that the others are graded.

    What would go wrong for everybody is raised: a fault of the course, of this machine or of the
    installed version, or a full disk.
    """
    try:
        yield
    except (CourseError, NewerRecord, SandboxBroken, SandboxUnavailable, SQLAlchemyError):
        raise
    except OSError as error:
        if error.errno in NO_ROOM or (out and not is_writable(out)):
            raise
        problems[student] = _told(error)
    except Exception as error:
        problems[student] = _told(error)


def _told(error: Exception) -> str:
    """What went wrong for a student, in a line."""
    if not isinstance(error, OSError):
        return f"{type(error).__name__}: {error}"
    place = shown_name(str(error.filename)) if error.filename else "a file"
    remedy = " Change its permissions." if isinstance(error, PermissionError) else ""
    return f"{place}: {error.strerror}.{remedy}"


def choose(
    course: Course,
    assignment: str,
    places: Mapping[str, Place],
    standing: Standing,
    options: Options,
    out: Path,
    scratch: Path,
) -> Choice:
    """Which submissions are to be graded, and why.

    Args:
        course: the course.
        assignment: its name.
        places: where each student's work lies.
        standing: the grades that count.
        options: how they would be graded.
        out: the output folder.
        scratch: where work is copied to that has no folder of its own.
    """
    digest = digest_of_assignment(course, assignment)
    releases = course.releases(assignment)
    choice = Choice()

    def chosen(student: str, place: Place) -> None:
        folder = place.opened(scratch / "handed_in" / student)
        entry = standing.entries.get((assignment, student))
        submission = None
        if entry is None:
            is_broken = (assignment, student) in standing.damaged
            reason = "the grade before is damaged" if is_broken else "first grading"
        elif options.regrade:
            reason = "asked for"
        elif entry.record.round != options.round_number:
            reason = f"round {options.round_number}"
        else:
            submission = read_submission(folder, releases)
            changed = _changed(entry.record, submission, digest)
            if changed is None:
                choice.standing.append(entry.record)
                return
            reason = changed
        earlier = earlier_attempts(out, student, assignment, options.round_number)
        choice.jobs.append(Job(student, folder, reason, submission, earlier))

    for student, place in places.items():
        with _noting(choice.problems, student):
            chosen(student, place)
    return choice


def _changed(record: SubmissionRecord, submission: Submission, digest: str) -> str | None:
    """Why a submission is to be graded again; `None` if its grade stands."""
    handed_in = {name: found.digest for name, found in submission.notebooks.items()}
    if handed_in != {notebook.name: notebook.digest for notebook in record.notebooks}:
        return "handed in again"
    if record.weights != digests_of(find_weights(submission.folder)):
        return "handed in again"
    if record.needs_another_run:
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
    private: Sequence[Path],
) -> Generator[tuple[Job, Graded | Exception], None, None]:
    """Grade submissions side by side, each with what earlier runs left of it in `out`.

    What stops the grading of one stands in place of its grade.
    """
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
        private=private,
    ) as grader:

        def grade_one(job: Job) -> tuple[Job, Graded | Exception]:
            try:
                kept = {} if options.regrade else _kept(out, job.student, course, assignment)
                return job, grader.grade(job.student, job.folder, kept, job.submission, job.earlier)
            except Exception as error:
                return job, error

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
