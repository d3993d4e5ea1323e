"""Read the stored records of an assignment."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from autograder._exceptions import AutograderError, NewerRecord
from autograder.records.results import SubmissionRecord, load_record
from autograder.report import display_name


def read_records(
    out: Path, assignment: str, students: Sequence[str] = ()
) -> list[SubmissionRecord]:
    """The records under `out/results/<student>/<assignment>.json`, sorted by student.

    Args:
        out: the folder that `autograder grade --out` wrote.
        assignment: its name.
        students: only these; all by default.

    Raises:
        AutograderError: if there is no record, a named student has none, or one cannot be read. A
            record is never passed over, because a missing row in a gradebook is a missing grade.
    """
    if not assignment or Path(assignment).name != assignment:
        raise AutograderError(f"An assignment's name is expected. Received: {assignment!r}.")
    paths = {
        path.parent.name: path for path in sorted((out / "results").glob(f"*/{assignment}.json"))
    }
    missing = sorted(set(students) - set(paths))
    if missing:
        raise AutograderError(
            f"No result of {assignment} by {', '.join(map(display_name, missing))} in {out}. "
            f"Grade it first: autograder grade {assignment} --out {out}."
        )
    if not paths:
        raise AutograderError(
            f"No results of {assignment} in {out}. Expected "
            f"{out}/results/<student>/{assignment}.json, which `autograder grade` writes."
        )
    return [
        _read(path, student, assignment)
        for student, path in paths.items()
        if not students or student in students
    ]


def _read(path: Path, student: str, assignment: str) -> SubmissionRecord:
    shown = display_name(str(path), 400)
    try:
        record = load_record(path)
    except NewerRecord as error:
        raise NewerRecord(f"{shown}: {error}") from error
    except (OSError, ValueError):
        record = None
    if record is None or not _is_sound(record, student, assignment):
        raise AutograderError(
            f"{shown} is not a result of {assignment}, or is damaged. "
            f"Grade again: autograder grade {assignment} --regrade."
        )
    return record


def _is_sound(record: SubmissionRecord, student: str, assignment: str) -> bool:
    """Whether the record is of this place and its numbers are numbers."""
    values = [record.max_score, record.score, record.duration_seconds]
    for check in record.checks:
        values += [check.points, check.score, check.seconds]
    return (record.student, record.assignment) == (student, assignment) and all(
        value is None or math.isfinite(value) for value in values
    )
