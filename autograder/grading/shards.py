"""A class's grading as data: a plan of shards that any machine can grade, in any order, also twice.

    <out>/plans/0001/
      plan.json              which submissions, in which shards; how, and with which checks
      key                    the round's secret, for its owner alone
      handed_in/             work that had no folder of its own
      shards/<number>/<attempt>/
        alive                touched while the attempt runs
        ended                its exit code, once it has ended
        <assignment>/<student>/    a graded submission: renamed into place when it is whole

Whoever grades a shard writes below its own attempt and nowhere else, and deletes nothing. So two
attempts at one shard do no harm, and one that was killed is gone on with. What of it counts,
the collector decides (`collect.py`).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import statistics
import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

import nbformat
from pydantic import BaseModel, ConfigDict, ValidationError

import course_lib
from autograder._exceptions import CourseError
from autograder._version import version
from autograder.checks import checks_of
from autograder.grading.device import Lane
from autograder.grading.grade import graded_jobs
from autograder.grading.grader import Graded
from autograder.grading.jobs import Job, Options, survey, told
from autograder.grading.plan import digest_of_assignment, round_key
from autograder.grading.publish import opened, require_writable
from autograder.grading.remedies import remember_submissions
from autograder.grading.transcript import NotebookTranscript
from autograder.records.files import on_the_disk, write_atomically
from autograder.records.history import Standing, read_standing
from autograder.records.results import SubmissionRecord, load_record
from autograder.source.course import Course
from autograder.submission.inbox import Unused

ALIVE_SECONDS = 5.0
"""How often an attempt says that it is at work."""
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
        students: the keys of all who handed in.
        standing: so many grades stand and are not made again.
        problems: why nothing can be said of a student, by the key.
        unused: what in the folder of submissions was not used.
    """

    digest: str
    students: tuple[str, ...]
    standing: int
    problems: dict[str, str]
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


# --- making a plan


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
                students=tuple(sorted(found.inbox.places)),
                standing=len(found.choice.standing),
                problems=found.choice.problems,
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


# --- grading a shard


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
        AutograderError: if there is no such shard, the plan is not of these checks, or this
            machine cannot isolate submissions.
    """
    if not 0 <= number < len(plan.shards):
        raise CourseError(
            f"There is no shard {number} in {folder}: it has {len(plan.shards)}, from 0 on."
        )
    _require_same_checks(course, plan)
    run = ShardRun()
    shard = plan.shards[number]
    jobs = [
        job for job in shard.jobs if not any(is_whole(d) for d in deliveries(folder, shard, job))
    ]
    run.skipped = len(shard.jobs) - len(jobs)
    on_start(len(jobs))
    with (
        _attempting(folder, number) as attempt,
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
            _deliver(attempt, job, graded)
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


@cache
def engine_digest() -> str:
    """A digest of everything that the autograder and `course_lib` do."""
    digest = hashlib.sha256()
    for package in (Path(__file__).parents[1], Path(course_lib.__file__).parent):
        for path in sorted(package.rglob("*.py")):
            digest.update(f"{path.relative_to(package).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _attempting(folder: Path, number: int) -> Iterator[Path]:
    """A folder of one's own, whose file `alive` is touched meanwhile."""
    restarts = os.environ.get("SLURM_RESTART_COUNT", "0")
    attempt = folder / "shards" / str(number) / f"{restarts}-{secrets.token_hex(6)}"
    attempt.mkdir(parents=True, mode=0o700)
    over = threading.Event()

    def say() -> None:
        while True:
            with contextlib.suppress(OSError):
                (attempt / "alive").touch()
            if over.wait(ALIVE_SECONDS):
                return

    thread = threading.Thread(target=say, daemon=True)
    thread.start()
    try:
        yield attempt
    finally:
        over.set()
        thread.join()


# --- what is handed over


def _deliver(attempt: Path, job: Job, graded: Graded) -> None:
    """Put a graded submission into place in one step; it is on the disk then."""
    place = attempt / job.assignment / job.student
    part = place.with_name(f".{job.student}.part")
    part.mkdir(parents=True)
    for name, transcript in graded.transcripts.items():
        transcript.write(part / f"{name}.observations")
    for name, notebook in graded.executed.items():
        write_atomically(part / f"{name}.ipynb", nbformat.writes(notebook), durable=False)
    content = {"causes": graded.causes, "reason": job.reason}
    write_atomically(part / "about.json", json.dumps(content), durable=False)
    write_atomically(part / "record.json", graded.record.model_dump_json(), durable=False)
    on_the_disk([*part.iterdir(), part])
    part.rename(place)


@dataclass(frozen=True)
class Delivery:
    """A graded submission that an attempt put into place.

    Attributes:
        folder: where.
        record: the grade.
        at: when, in nanoseconds since 1970.
    """

    folder: Path
    record: SubmissionRecord
    at: int

    def graded(self) -> Graded:
        """All of it."""
        about = json.loads((self.folder / "about.json").read_bytes())
        transcripts = {
            path.stem: NotebookTranscript.read(path)
            for path in sorted(self.folder.glob("*.observations"))
        }
        return Graded(
            self.record,
            {
                path.stem: nbformat.read(path, as_version=4)
                for path in sorted(self.folder.glob("*.ipynb"))
            },
            {name: found for name, found in transcripts.items() if found is not None},
            about["causes"],
        )


def deliveries(folder: Path, shard: Shard, job: Job) -> list[Delivery]:
    """What all attempts at a shard put into place of a submission, in the order of time."""
    found = []
    for attempt in attempts(folder, shard):
        place = attempt / job.assignment / job.student
        with contextlib.suppress(OSError, ValueError):
            record = load_record(place / "record.json")
            found.append(Delivery(place, record, (place / "record.json").stat().st_mtime_ns))
    return sorted(found, key=lambda delivery: (delivery.at, delivery.folder))


def attempts(folder: Path, shard: Shard) -> list[Path]:
    """The folders of all attempts at a shard."""
    place = folder / "shards" / str(shard.number)
    return sorted(place.iterdir()) if place.is_dir() else []


def is_whole(delivery: Delivery) -> bool:
    """Whether everything of it was graded, as far as a machine can."""
    return not delivery.record.needs_another_run
