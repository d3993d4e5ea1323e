"""The one writer of history, gradebook and report: it takes what was graded, from wherever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path

from autograder.grading.derived import gradebook_scores, outdated
from autograder.grading.grader import Graded
from autograder.grading.jobs import noting
from autograder.grading.publish import (
    Publisher,
    publishing,
    released_assignments,
    write_class_report,
)
from autograder.records.gradebook import prepare_folder
from autograder.records.history import Standing
from autograder.records.results import SubmissionRecord, Verdict
from autograder.source.course import Course
from autograder.submission.inbox import Unused


class Collector:
    """Publishes grades into an output folder that is `opened`.

    Attributes:
        records: what was taken, by assignment and student.
        lost: earlier grades of which something made from them is missing or damaged.
        damage: what was damaged and set aside, in a line.
    """

    def __init__(
        self,
        out: Path,
        course: Course,
        assignments: Sequence[str],
        standing: Standing,
        resources: ExitStack,
    ) -> None:
        self._out, self._course, self._assignments = out, course, assignments
        self._standing, self._resources = standing, resources
        self.records: dict[tuple[str, str], SubmissionRecord] = {}
        self._problems: dict[tuple[str, str], str] = {}
        self._causes: dict[tuple[str, str], Mapping[str, str]] = {}
        scores, self.damage = gradebook_scores(out)
        self.lost = outdated(out, standing, scores, released_assignments(course))

    @cached_property
    def _publisher(self) -> Publisher:
        """The gradebook is opened when there is something to write, and no earlier."""
        return self._resources.enter_context(publishing(self._out, self._course, self._assignments))

    def mend(self) -> None:
        """Make again what is missing, damaged or older than its grade."""
        for record in self.lost:
            with noting(self._problems, (record.assignment, record.student), self._out):
                self._publisher.publish(record)

    def take(self, graded: Graded, reason: str) -> bool:
        """Give a submission its grade; what goes wrong is noted, and `False` returned.

        Args:
            graded: the grade, and what was run.
            reason: why it is given now.
        """
        record = graded.record
        key = record.assignment, record.student
        with noting(self._problems, key, self._out):
            self._publisher.grade(record, reason, graded.executed, graded.transcripts)
            self.records[key] = record
            self._causes[key] = graded.causes
            return True
        return False

    def fail(self, assignment: str, student: str, error: str | Exception) -> None:
        """Note why a submission has no grade; what would go wrong for everybody is raised."""
        with noting(self._problems, (assignment, student), self._out):
            if isinstance(error, Exception):
                raise error
            self._problems[assignment, student] = error

    def lines(self) -> list[str]:
        """What could not be graded, in lines."""
        several = len(self._assignments) > 1

        def who(assignment: str, student: str) -> str:
            return f"{student}, {assignment}" if several else student

        told = [f"{who(*key)}: {reason}" for key, reason in sorted(self._problems.items())]
        return told + [
            f"{who(*key)}: {notebook} could not be graded here. {cause}"
            for key, found in sorted(self._causes.items())
            for notebook, cause in found.items()
        ]

    def report(self, problems: Sequence[str], unused: Sequence[Unused]) -> None:
        """Write the class report on all grades that count."""
        standing = {
            (record.assignment, record.student): record for record in self._standing.records
        }
        write_class_report(
            self._out, self._course, list((standing | self.records).values()), problems, unused
        )


@contextmanager
def collecting(
    out: Path,
    course: Course,
    students: Mapping[str, Iterable[str]],
    standing: Standing,
) -> Iterator[Collector]:
    """Publish grades of some assignments; at the end of it all are in the gradebook.

    Args:
        out: the output folder.
        course: the course.
        students: the keys of those who handed in, by assignment.
        standing: the grades that count.
    """
    with ExitStack() as resources:
        for assignment, found in students.items():
            prepare_folder(out, course, assignment, sorted(found))
        yield Collector(out, course, list(students), standing, resources)


def without_a_grade(record: SubmissionRecord) -> Iterator[str]:
    """What of a submission has no grade, in lines: a notebook that nobody could read, a check."""
    for notebook in record.notebooks:
        verdicts = {check.name: check.verdict for check in notebook.checks}
        if Verdict.UNREADABLE in verdicts.values():
            yield f"{notebook.name} could not be read. {notebook.problem}"
        for name, verdict in verdicts.items():
            if verdict is Verdict.UNGRADED:
                yield f"{name} could not be graded"
