"""Grade a folder of submissions: the work behind `autograder grade`."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

from autograder.grading.collector import collecting, without_a_grade
from autograder.grading.grader import Graded, open_grader
from autograder.grading.jobs import Job, Options, survey
from autograder.grading.plan import round_key
from autograder.grading.publish import is_writable, opened, require_writable
from autograder.grading.remedies import remember_submissions
from autograder.grading.transcript import NotebookTranscript, transcript_path
from autograder.grading.workplace import Workplace
from autograder.records.history import read_standing
from autograder.records.results import SubmissionRecord
from autograder.source.course import Course
from autograder.submission.inbox import Inbox


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
    with opened(out) as scratch:
        standing = read_standing(out)
        notes = standing.damage(assignment)
        found = survey(course, assignment, submissions, out, options, standing, scratch, students)
        choice = found.choice
        if choice.jobs:
            require_writable(out)
        if is_writable(out):
            remember_submissions(out, assignment, submissions)
        with collecting(out, course, {assignment: found.inbox.places}, standing) as collector:
            notes += [collector.damage] if collector.damage else []
            for student, reason in choice.problems.items():
                collector.fail(assignment, student, reason)
            on_start(len(choice.jobs))
            collector.mend()
            key = round_key(out, options.round_number) if choice.jobs else b""
            private = (out, submissions)
            with closing(
                graded_jobs(
                    course, choice.jobs, out, options, key=key, scratch=scratch, private=private
                )
            ) as running:
                for job, graded in running:
                    if isinstance(graded, Exception):
                        collector.fail(assignment, job.student, graded)
                    elif collector.take(graded, job.reason):
                        on_graded(graded.record)
        lines = collector.lines()
        collector.report(lines, found.unused)
    records = [*choice.standing, *collector.records.values()]
    records.sort(key=lambda record: record.student)
    for record in records:
        lines += [f"{record.student}: {problem}" for problem in without_a_grade(record)]
    graded_now = sorted(job.student for job in choice.jobs)
    return GradingRun(records, graded_now, lines, found.inbox, notes)


def graded_jobs(
    course: Course,
    jobs: Sequence[Job],
    out: Path,
    options: Options,
    *,
    key: bytes,
    scratch: Path | None,
    private: Sequence[Path],
) -> Generator[tuple[Job, Graded | Exception], None, None]:
    """Grade submissions side by side, in one workplace.

    What stops the grading of one stands in place of its grade.

    Args:
        course: the course.
        jobs: what to grade, in this order.
        out: where earlier runs left what they saw.
        options: how it is graded.
        key: the round's secret.
        scratch: where files lie that are needed meanwhile.
        private: folders that no submission may read, beside the course's own.
    """
    if not jobs:
        return
    assignments = list(dict.fromkeys(job.assignment for job in jobs))
    with ExitStack() as opened_here:
        workplace = options.workplace or opened_here.enter_context(
            Workplace(
                course,
                assignments,
                options.isolation,
                lane=options.lane is not None,
                scratch=scratch,
                private=private,
            )
        )
        graders = {
            assignment: opened_here.enter_context(
                open_grader(
                    course,
                    assignment,
                    key=key,
                    round_number=options.round_number,
                    limits=options.limits,
                    figures=options.figures,
                    lane=options.lane,
                    workplace=workplace,
                )
            )
            for assignment in assignments
        }

        def grade_one(job: Job) -> tuple[Job, Graded | Exception]:
            try:
                kept = {} if options.regrade else _kept(out, job.student, course, job.assignment)
                return job, graders[job.assignment].grade(
                    job.student, job.folder, kept, job.submission, job.earlier
                )
            except Exception as error:
                return job, error

        pool = opened_here.enter_context(ThreadPoolExecutor(max_workers=options.side_by_side))
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
                workplace.close()
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
