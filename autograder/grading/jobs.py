"""Which submissions are to be graded, and why; and how."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, SkipValidation

from autograder._exceptions import CourseError, NewerRecord, SandboxBroken, SandboxUnavailable
from autograder.grading.attempts import Earlier, earlier_attempts
from autograder.grading.device import Lane
from autograder.grading.plan import digest_of_assignment
from autograder.grading.publish import NO_ROOM, is_writable
from autograder.grading.workplace import Workplace
from autograder.records.history import Standing
from autograder.records.keys import shown_name
from autograder.records.results import SubmissionRecord
from autograder.source.course import Course, SubmissionLimits
from autograder.submission.folder import Submission, digests_of, find_weights, read_submission
from autograder.submission.inbox import Inbox, Place, Unused, look_into

Key = TypeVar("Key")


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


class Job(BaseModel):
    """A submission that is to be graded.

    Attributes:
        student: whose it is.
        assignment: of what.
        folder: what was handed in.
        reason: why it is graded now.
        earlier: the student's attempts before this one.
        follows: number of the last grade in the history then.
        submission: what was read of it to know that, if anything was.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    student: str
    assignment: str
    folder: Path
    reason: str
    earlier: Earlier = Earlier()
    follows: int = 0
    submission: SkipValidation[Submission | None] = Field(None, exclude=True)


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


@dataclass
class Survey:
    """What a folder of submissions holds of an assignment, and what is to be done with it.

    Attributes:
        inbox: what was found of the selected students.
        unused: what was not used of anybody.
        choice: what is to be graded, and what stands.
    """

    inbox: Inbox
    unused: list[Unused]
    choice: Choice


def survey(
    course: Course,
    assignment: str,
    submissions: Path,
    out: Path,
    options: Options,
    standing: Standing,
    scratch: Path,
    students: Sequence[str] = (),
) -> Survey:
    """Look for submissions of an assignment, and choose which are to be graded.

    Args:
        course: the course.
        assignment: its name.
        submissions: the folder of all students' submissions.
        out: the output folder.
        options: how they would be graded.
        standing: the grades that count.
        scratch: where work is copied to that has no folder of its own.
        students: only these; all by default.

    Raises:
        AutograderError: if there is nothing of the assignment.
    """
    everything = look_into(
        submissions, assignment, course.notebooks(assignment), course.assignments()
    )
    inbox = everything.only(students)
    choice = choose(course, assignment, inbox.places, standing, options, out, scratch)
    return Survey(inbox, everything.unused, choice)


@contextmanager
def noting(problems: dict[Key, str], key: Key, out: Path | None = None) -> Iterator[None]:
    """Note what goes wrong for one student, so that the others are graded.

    What would go wrong for everybody is raised: a fault of the course, of this machine or of the
    installed version, or a full disk.
    """
    from sqlalchemy.exc import SQLAlchemyError  # Here, since a node has none.

    try:
        yield
    except (CourseError, NewerRecord, SandboxBroken, SandboxUnavailable, SQLAlchemyError):
        raise
    except OSError as error:
        if error.errno in NO_ROOM or (out and not is_writable(out)):
            raise
        problems[key] = told(error)
    except Exception as error:
        problems[key] = told(error)


def told(error: Exception) -> str:
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
        folder = place.opened(scratch / "handed_in" / assignment / student)
        entry = standing.entries.get((assignment, student))
        damaged = standing.damaged.get((assignment, student), [])
        submission = None
        if entry is None:
            reason = "the grade before is damaged" if damaged else "first grading"
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
        choice.jobs.append(
            Job(
                student=student,
                assignment=assignment,
                folder=folder,
                reason=reason,
                earlier=earlier,
                follows=max([entry.number if entry else 0, *(one.number for one in damaged)]),
                submission=submission,
            )
        )

    for student, place in places.items():
        with noting(choice.problems, student):
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
