"""Every grade that a submission was given: entries are added, never changed.

    OUT/history/<student>/<assignment>/0001.json

The last entry decides. It is the point at which a submission counts as graded: results, gradebook
and feedback are made from it, and made again if something ended the grader in between.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from autograder._exceptions import AutograderError, NewerRecord
from autograder._version import version
from autograder.records.files import write_atomically
from autograder.records.migrations import migrated
from autograder.records.results import SubmissionRecord


class HistoryEntry(BaseModel):
    """One grade: the record, and why and when it was given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int
    graded_at: str = Field(description="UTC, ISO 8601.")
    reason: str = Field(description="Why it was graded, or judged, this time.")
    grader_version: str
    record: SubmissionRecord


def read_history(out: Path, student: str, assignment: str) -> list[HistoryEntry]:
    """All entries, the first first.

    Raises:
        NewerRecord: if a newer autograder wrote one.
        AutograderError: if one is damaged.
    """
    return [_read(path) for path in _files(out, student, assignment)]


def last_entry(out: Path, student: str, assignment: str) -> HistoryEntry | None:
    """The entry that decides; `None` if there is none, or if it is damaged.

    Raises:
        NewerRecord: if a newer autograder wrote it: a grade of this one must not be put on top.
    """
    files = _files(out, student, assignment)
    try:
        return _read(files[-1]) if files else None
    except NewerRecord:
        raise
    except AutograderError:
        return None


def append_entry(out: Path, record: SubmissionRecord, reason: str) -> HistoryEntry:
    """Add an entry. Once this returns, the grade is on the disk."""
    files = _files(out, record.student, record.assignment)
    number = int(files[-1].stem) + 1 if files else 1
    entry = HistoryEntry(
        number=number,
        graded_at=datetime.now(UTC).isoformat(timespec="seconds"),
        reason=reason,
        grader_version=version(),
        record=record,
    )
    path = _folder(out, record.student, record.assignment) / f"{number:04}.json"
    write_atomically(path, entry.model_dump_json(indent=1) + "\n")
    return entry


def _folder(out: Path, student: str, assignment: str) -> Path:
    return out / "history" / student / assignment


def _files(out: Path, student: str, assignment: str) -> list[Path]:
    folder = _folder(out, student, assignment)
    return sorted(path for path in folder.glob("*.json") if path.stem.isdecimal())


def _read(path: Path) -> HistoryEntry:
    try:
        entry = json.loads(path.read_bytes())
        return HistoryEntry.model_validate(entry | {"record": migrated(entry["record"])})
    except NewerRecord as error:
        raise NewerRecord(f"{path}: {error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise AutograderError(
            f"{path} is damaged. Restore it from a copy, or remove it: the grade before it then "
            "counts."
        ) from error
