"""A class's grading as data: which submissions are to be graded, in shards for any machine.

<out>/plans/0001/
  plan.json              which submissions, in which shards; how, and with which checks
  key                    the round's secret, for its owner alone
  handed_in/             work that had no folder of its own
  sources/               the notebooks' sources (`sources.py`)
  shards/                what was graded of it (`deliveries.py`)
"""

from __future__ import annotations

import hashlib
import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

import course_lib
from autograder._exceptions import CourseError
from autograder._version import version
from autograder.checks import checks_of
from autograder.grading.device import Lane
from autograder.grading.jobs import Job, Options, survey
from autograder.grading.plan import digest_of_assignment, round_key
from autograder.grading.publish import opened, require_writable
from autograder.grading.remedies import remember_submissions
from autograder.grading.sources import write_sources
from autograder.records.files import write_atomically
from autograder.records.history import Standing, read_standing
from autograder.source.course import Course
from autograder.submission.inbox import Unused

_UNKNOWN_SECONDS = {False: 15.0, True: 120.0}
"""What a notebook is thought to take of which nothing is known: without a training, and with."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Shard(_Data):
    """The submissions that one machine grades.

    Attributes:
        number: from 0.
        trains: whether they train networks, which an accelerator does faster.
        seconds: of processor time that they are thought to take.
        jobs: the submissions, the dearest first.
    """

    number: int
    trains: bool
    seconds: float
    jobs: tuple[Job, ...]


class PlannedAssignment(_Data):
    """What is known of an assignment beside its submissions.

    Attributes:
        digest: of its release and its checks.
        sources: digests of its notebooks' sources in the plan's folder, by notebook.
        students: the keys of all who handed in.
        standing: so many grades stand and are not made again.
        absent: the keys of those who handed in nothing.
        problems: why nothing can be said of a student, by the key.
        notes: what was taken from elsewhere than expected, in a sentence, by the key.
        unused: what in the folder of submissions was not used.
    """

    digest: str
    sources: dict[str, str] = {}
    students: tuple[str, ...]
    absent: tuple[str, ...]
    standing: int
    problems: dict[str, str]
    notes: dict[str, str]
    unused: tuple[Unused, ...]


class WorkPlan(_Data):
    """Submissions to be graded, in shards.

    Attributes:
        version: of this form.
        made_by: the autograder's version.
        engine: digest of the autograder's files.
        round_number, isolation, figures, regrade: as in `Options`.
        out: the output folder.
        submissions: the folder of all students' submissions.
        assignments: what is graded, by name.
        shards: by their numbers.
    """

    version: Literal[1] = 1
    made_by: str
    engine: str
    round_number: int
    isolation: str
    figures: bool
    regrade: bool
    out: Path
    submissions: Path
    assignments: dict[str, PlannedAssignment]
    shards: tuple[Shard, ...]

    @property
    def jobs(self) -> list[Job]:
        """All submissions, in the shards' order."""
        return [job for shard in self.shards for job in shard.jobs]

    def options(self, workers: int | None = None, lane: Lane | None = None) -> Options:
        """How its submissions are graded."""
        return Options(
            round_number=self.round_number,
            isolation=self.isolation,
            figures=self.figures,
            regrade=self.regrade,
            workers=workers,
            lane=lane,
        )


def make_work_plan(
    course: Course,
    assignments: Sequence[str],
    submissions: Path,
    out: Path,
    options: Options | None = None,
    *,
    shards: int | None = None,
    seconds_per_shard: float = 900.0,
    students: Sequence[str] = (),
) -> tuple[Path, WorkPlan]:
    """Write a plan of what is new or changed; nothing is run.

    Args:
        course: the course.
        assignments: names of those to be graded.
        submissions: the folder of all students' submissions.
        out: the output folder.
        options: how they are graded.
        shards: so many; those that train are apart from the others, so that there may be one more.
        seconds_per_shard: processor time of a shard, if their number is not given.
        students: only these; all by default.

    Returns:
        The plan's folder, and the plan.

    Raises:
        AutograderError: if there is nothing of an assignment, or `out` cannot be written to.
    """
    options = options or Options()
    submissions, out = submissions.resolve(), out.resolve()
    with opened(out):
        require_writable(out)
        folder = _new_folder(out / "plans")
        standing = read_standing(out)
        planned: dict[str, PlannedAssignment] = {}
        jobs: list[Job] = []
        for assignment in dict.fromkeys(assignments):
            found = survey(
                course, assignment, submissions, out, options, standing, folder, students
            )
            remember_submissions(out, assignment, submissions)
            jobs += found.choice.jobs
            planned[assignment] = PlannedAssignment(
                digest=digest_of_assignment(course, assignment),
                sources=write_sources(course, assignment, folder),
                students=tuple(sorted(found.inbox.places)),
                absent=tuple(found.inbox.absent),
                standing=len(found.choice.standing),
                problems=found.choice.problems,
                notes=found.inbox.notes,
                unused=tuple(found.unused),
            )
        plan = WorkPlan(
            made_by=version(),
            engine=engine_digest(),
            round_number=options.round_number,
            isolation=options.isolation,
            figures=options.figures,
            regrade=options.regrade,
            out=out,
            submissions=submissions,
            assignments=planned,
            shards=tuple(
                _shards(jobs, _Costs(course, standing), _trains(course, planned), shards,
                        seconds_per_shard)
            ),
        )  # fmt: skip
        key = folder / "key"
        key.touch(0o600)
        key.write_text(round_key(out, options.round_number).hex() + "\n")
        write_atomically(folder / "plan.json", plan.model_dump_json(indent=1) + "\n")
    return folder, plan


def _new_folder(plans: Path) -> Path:
    plans.mkdir(exist_ok=True)
    taken = [int(path.name) for path in plans.iterdir() if path.name.isdecimal()]
    folder = plans / f"{max(taken, default=0) + 1:04}"
    folder.mkdir()
    return folder


class _Costs:
    """What submissions are thought to cost, in seconds of processor time: as much as before."""

    def __init__(self, course: Course, standing: Standing) -> None:
        self._course = course
        self._known = {
            key: sum(notebook.cpu_seconds for notebook in entry.record.notebooks)
            for key, entry in standing.entries.items()
        }
        of_all = defaultdict(list)
        for (assignment, _), seconds in self._known.items():
            of_all[assignment].append(seconds)
        self._usual = {assignment: statistics.median(found) for assignment, found in of_all.items()}

    def of(self, job: Job, trains: bool) -> float:
        known = self._known.get((job.assignment, job.student)) or self._usual.get(job.assignment)
        notebooks = len(self._course.notebooks(job.assignment))
        return known or _UNKNOWN_SECONDS[trains] * notebooks


def _trains(course: Course, assignments: Mapping[str, object]) -> set[str]:
    """The assignments with an accuracy that was measured: whoever grades them trains."""
    return {
        assignment
        for assignment in assignments
        if any(
            check.calibration_file.is_file()
            for notebook in course.notebooks(assignment)
            for check in checks_of(course, assignment, notebook).values()
        )
    }


def _shards(
    jobs: Sequence[Job],
    costs: _Costs,
    training: set[str],
    count: int | None,
    seconds_per_shard: float,
) -> Iterator[Shard]:
    """Submissions in shards of about the same cost, those that train apart from the others."""
    seconds = {
        (job.assignment, job.student): costs.of(job, job.assignment in training) for job in jobs
    }
    total = sum(seconds.values())
    number = 0
    for trains in (False, True):
        here = [job for job in jobs if (job.assignment in training) is trains]
        cost = sum(seconds[job.assignment, job.student] for job in here)
        wanted = cost / seconds_per_shard if count is None else count * cost / max(total, 1e-9)
        filled: list[list[Job]] = [[] for _ in range(min(len(here), max(1, round(wanted))))]
        loads = [0.0] * len(filled)
        for job in sorted(here, key=lambda j: (-seconds[j.assignment, j.student], j.student)):
            least = loads.index(min(loads))
            filled[least].append(job)
            loads[least] += seconds[job.assignment, job.student]
        for held, load in zip(filled, loads, strict=True):
            yield Shard(number=number, trains=trains, seconds=round(load, 1), jobs=tuple(held))
            number += 1


def read_plan(path: Path) -> tuple[Path, WorkPlan]:
    """Read a plan, named by its folder or its file; the folder comes first.

    Raises:
        CourseError: if it is no plan, or of another form.
    """
    folder = path.parent if path.name == "plan.json" else path
    expected = "Expected the folder that `autograder plan` named, OUT/plans/NUMBER."
    try:
        return folder, WorkPlan.model_validate_json((folder / "plan.json").read_bytes())
    except OSError as error:
        raise CourseError(f"{folder} is no plan ({error.strerror}). {expected}") from error
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise CourseError(
            f"{folder / 'plan.json'} is damaged, or another version of the autograder wrote it "
            f"(`{where}`: {error.errors()[0]['msg']}). Make a new plan with `autograder plan`."
        ) from error


@cache
def engine_digest() -> str:
    """A digest of everything that the autograder and `course_lib` do."""
    digest = hashlib.sha256()
    for package in (Path(__file__).parents[1], Path(course_lib.__file__).parent):
        for path in sorted(package.rglob("*.py")):
            digest.update(f"{path.relative_to(package).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
