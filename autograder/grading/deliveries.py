"""What attempts at shards hand over: files that nobody deletes, each put into place in one step.

    <out>/plans/0001/shards/<number>/<attempt>/
      alive                touched while the attempt runs
      ended                its exit code, once it has ended
      <assignment>/<student>/    a graded submission: renamed into place when it is whole

An attempt writes in its own folder and nowhere else. So two attempts at one shard do no harm, and
one that was killed is gone on with. What of it counts, the collector decides (`collect.py`).
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat

from autograder.grading.grader import Graded
from autograder.grading.jobs import Job
from autograder.grading.transcript import NotebookTranscript
from autograder.grading.work_plan import Shard
from autograder.records.files import on_the_disk, write_atomically
from autograder.records.results import SubmissionRecord, load_record

ALIVE_SECONDS = 5.0
"""How often an attempt says that it is at work."""


@contextmanager
def attempting(folder: Path, number: int) -> Iterator[Path]:
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


def deliver(attempt: Path, job: Job, graded: Graded) -> None:
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
