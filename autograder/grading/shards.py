"""Grade one shard of a plan, on any machine, in any order, also twice."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from autograder._exceptions import CourseError
from autograder._version import version
from autograder.grading.deliveries import attempting, deliver, deliveries, is_whole
from autograder.grading.device import Lane
from autograder.grading.grade import graded_jobs
from autograder.grading.jobs import told
from autograder.grading.plan import digest_of_assignment
from autograder.grading.sources import with_sources
from autograder.grading.work_plan import WorkPlan, engine_digest
from autograder.records.files import write_atomically
from autograder.records.results import SubmissionRecord
from autograder.source.course import Course


@dataclass
class ShardRun:
    """What an attempt at a shard did.

    Attributes:
        records: what was graded now.
        skipped: so many had a whole record already.
        problems: what could not be graded, in lines.
    """

    records: list[SubmissionRecord] = field(default_factory=list)
    skipped: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def needs_another_run(self) -> bool:
        """Whether another attempt may grade what this one could not."""
        return bool(self.problems) or any(record.needs_another_run for record in self.records)


def grade_shard(
    course: Course,
    folder: Path,
    plan: WorkPlan,
    number: int,
    *,
    workers: int | None = None,
    lane: Lane | None = None,
    on_start: Callable[[int], None] = lambda total: None,
    on_graded: Callable[[SubmissionRecord], None] = lambda record: None,
) -> ShardRun:
    """Grade what of a shard has no whole record yet.

    Args:
        course: the course.
        folder: the plan's.
        plan: the plan.
        number: the shard's.
        workers: submissions graded side by side; by default one for each core.
        lane: where notebooks that train are run; by default with all others.
        on_start: told how many will be graded.
        on_graded: told about each as it is done.

    Raises:
        AutograderError: if there is no such shard, the plan is not of these checks or damaged, or
            this machine cannot isolate submissions.
    """
    if not 0 <= number < len(plan.shards):
        raise CourseError(
            f"There is no shard {number} in {folder}: it has {len(plan.shards)}, from 0 on."
        )
    _require_same_checks(course, plan)
    planned = {name: of.sources for name, of in plan.assignments.items()}
    course = with_sources(course, folder, planned)
    run = ShardRun()
    shard = plan.shards[number]
    jobs = [
        job for job in shard.jobs if not any(is_whole(d) for d in deliveries(folder, shard, job))
    ]
    run.skipped = len(shard.jobs) - len(jobs)
    on_start(len(jobs))
    with (
        attempting(folder, number) as attempt,
        tempfile.TemporaryDirectory(prefix="shard-") as scratch,
        closing(
            graded_jobs(
                course,
                jobs,
                plan.out,
                plan.options(workers, lane),
                key=_key(folder),
                scratch=Path(scratch),
                private=(plan.out, plan.submissions, folder),
            )
        ) as running,
    ):
        for job, graded in running:
            if isinstance(graded, Exception):
                run.problems.append(f"{job.student}: {told(graded)}")
                continue
            deliver(attempt, job, graded)
            run.records.append(graded.record)
            on_graded(graded.record)
            run.problems += [
                f"{job.student}: {notebook} could not be graded here. {cause}"
                for notebook, cause in graded.causes.items()
            ]
        write_atomically(attempt / "ended", "1\n" if run.needs_another_run else "0\n")
    return run


def _require_same_checks(course: Course, plan: WorkPlan) -> None:
    """Two halves of a class must not be asked by two versions of the checks.

    Raises:
        CourseError: if the plan was made with others.
    """
    differs = [
        name
        for name, planned in plan.assignments.items()
        if digest_of_assignment(course, name) != planned.digest
    ]
    if plan.engine != engine_digest():
        differs.append(f"the autograder (the plan: {plan.made_by}, here: {version()})")
    if differs:
        raise CourseError(
            f"The plan was made with another version of {' and '.join(differs)}. Bring this "
            "machine to the same version, or make a new plan with `autograder plan`."
        )


def _key(folder: Path) -> bytes:
    path = folder / "key"
    try:
        return bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError) as error:
        raise CourseError(
            f"{path} cannot be read ({getattr(error, 'strerror', None) or 'it is damaged'}). It "
            "holds the round's secret; copy the plan's folder with it, as the user who made it."
        ) from error
