"""Collect what shards graded: at least once it is graded, exactly once it counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.grading.collector import collecting, without_a_grade
from autograder.grading.deliveries import Delivery, deliveries, is_whole
from autograder.grading.jobs import Job
from autograder.grading.publish import opened, require_writable
from autograder.grading.work_plan import WorkPlan
from autograder.records.history import History, read_history, read_standing
from autograder.records.results import CheckRecord, SubmissionRecord
from autograder.source.course import Course
from autograder.submission.inbox import Unused


@dataclass
class Collection:
    """What collecting found.

    Attributes:
        records: of all submissions of the plan that have a grade.
        published: so many of them were given their grade now.
        missing: the submissions without a record, as `(shard, assignment, student)`.
        disagreements: where two attempts graded one submission differently, in lines.
        problems: what could not be graded, in lines.
        unused: what in the folder of submissions was not used.
        overtaken: submissions that another run has graded since the plan was made, in lines: the
            later grade stands.
        notes: what was damaged in the output folder, and what became of it, in lines.
    """

    records: list[SubmissionRecord] = field(default_factory=list)
    published: int = 0
    missing: list[tuple[int, str, str]] = field(default_factory=list)
    disagreements: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unused: list[Unused] = field(default_factory=list)
    overtaken: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def needs_a_look(self) -> bool:
        """Whether something is missing, differs, could not be graded or was not used."""
        return bool(self.missing or self.disagreements or self.problems) or any(
            unused.may_be_work for unused in self.unused
        )


def collect_results(
    course: Course,
    folder: Path,
    plan: WorkPlan,
    *,
    on_start: Callable[[int], None] = lambda total: None,
    on_graded: Callable[[SubmissionRecord], None] = lambda record: None,
) -> Collection:
    """Publish the first whole record of each submission; doing it again changes nothing.

    It may run while shards are graded, and again. Where several attempts graded the same files,
    their verdicts must agree.

    Args:
        course: the course.
        folder: the plan's.
        plan: the plan.
        on_start: told how many records are new.
        on_graded: told about each as it is published.

    Raises:
        AutograderError: if the output folder cannot be written to, or another run writes to it.
    """
    found = Collection()
    with opened(plan.out):
        require_writable(plan.out)
        standing = read_standing(plan.out)
        found.notes += [said for name in plan.assignments for said in standing.damage(name)]
        chosen: list[tuple[Job, Delivery]] = []
        for shard in plan.shards:
            for job in shard.jobs:
                delivered = deliveries(folder, shard, job)
                history = read_history(plan.out, job.student, job.assignment)
                published = [entry.record for entry in history.entries]
                delivery = _first(delivered, published, job, found)
                later = _later(history, job, delivered)
                if delivery is None and later is None:
                    found.missing.append((shard.number, job.assignment, job.student))
                elif later is not None:
                    found.records.append(later)
                    found.overtaken.append(f"{job.student}, {job.assignment}")
                elif delivery is not None:
                    found.records.append(delivery.record)
                    if delivery.record not in published:
                        chosen.append((job, delivery))
        students = {name: planned.students for name, planned in plan.assignments.items()}
        with collecting(plan.out, course, students, standing) as collector:
            found.notes += [collector.damage] if collector.damage else []
            for name, planned in plan.assignments.items():
                for student, reason in planned.problems.items():
                    collector.fail(name, student, reason)
            on_start(len(chosen))
            collector.mend()
            for job, delivery in chosen:
                if collector.take(delivery.graded(), job.reason):
                    found.published += 1
                    on_graded(delivery.record)
        found.problems += collector.lines()
        found.unused = [one for planned in plan.assignments.values() for one in planned.unused]
        collector.report([*found.problems, *found.disagreements], found.unused)
    found.records.sort(key=lambda record: (record.assignment, record.student))
    for record in found.records:
        found.problems += [f"{record.student}: {said}" for said in without_a_grade(record)]
    return found


def _later(history: History, job: Job, delivered: Sequence[Delivery]) -> SubmissionRecord | None:
    """The grade that another run has given since the plan was made, if one has."""
    ours = [delivery.record for delivery in delivered]
    found = [e.record for e in history.entries if e.number > job.follows and e.record not in ours]
    return found[-1] if found else None


def _first(
    delivered: Sequence[Delivery],
    published: Sequence[SubmissionRecord],
    job: Job,
    found: Collection,
) -> Delivery | None:
    """The whole record that counts already, or the first one; else the last that there is."""
    whole = sorted(filter(is_whole, delivered), key=lambda one: one.record not in published)
    for other in whole[1:]:
        found.disagreements += _disagreement(job, whole[0].record, other.record)
    counting = whole[:1] or delivered[-1:]
    return counting[0] if counting else None


def _disagreement(job: Job, one: SubmissionRecord, other: SubmissionRecord) -> Sequence[str]:
    """Where two attempts judged the same files differently."""
    if _files(one) != _files(other):
        return []  # Something else was handed in meanwhile.
    verdicts = {check.name: _told(check) for check in other.checks}
    differing = [
        f"{check.name}: {_told(check)}, then {verdicts[check.name]}"
        for check in one.checks
        if _told(check) != verdicts[check.name]
    ]
    if not differing:
        return []
    return [
        f"{job.student}, {job.assignment}: two attempts graded the same files differently "
        f"({'; '.join(differing)}). That is a fault of the grader; the first counts."
    ]


def _told(check: CheckRecord) -> str:
    points = "no points" if check.score is None else f"{check.score:g} points"
    return f"{check.verdict.value} with {points}"


def _files(record: SubmissionRecord) -> tuple[object, ...]:
    return {notebook.name: notebook.digest for notebook in record.notebooks}, record.weights
