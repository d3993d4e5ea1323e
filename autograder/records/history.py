"""Every grade that a submission was given: entries are added, never changed.

    OUT/history/<student>/<assignment>/0001.json

The last entry decides. It is the point at which a submission counts as graded: results, gradebook
and feedback are made from it, and made again if something ended the grader in between, or if they
are lost.

An entry that cannot be read is named and passed over. If it is the last one, nothing is known of
the grade that counts, so the submission is graded again.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from autograder._exceptions import AutograderError, NewerRecord
from autograder._version import version
from autograder.records.files import write_atomically
from autograder.records.keys import shown_name
from autograder.records.migrations import migrated
from autograder.records.results import SubmissionRecord, is_sound

ANY = ""
"""Stands for the assignment where all grades of a student are lost."""


class HistoryEntry(BaseModel):
    """One grade: the record, and why and when it was given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int
    graded_at: str = Field(description="UTC, ISO 8601.")
    reason: str = Field(description="Why it was graded, or judged, this time.")
    grader_version: str
    record: SubmissionRecord


@dataclass(frozen=True)
class Damaged:
    """An entry, or a folder of entries, that cannot be read.

    Attributes:
        path: where it lies.
        reason: what is wrong with it.
        decides: whether it is the last one, so that nobody knows the grade that counts.
        number: of the entry; 0 for a folder.
    """

    path: Path
    reason: str
    decides: bool
    number: int = 0

    def __str__(self) -> str:
        what = "the submission is graded again" if self.decides else "a later grade counts"
        return (
            f"{shown_name(str(self.path))} cannot be read ({self.reason}): {what}. "
            "Restore it from a copy, or let it lie: it counts as an attempt."
        )


@dataclass(frozen=True)
class History:
    """All grades of a submission.

    Attributes:
        entries: those that can be read, the first first.
        damaged: those that cannot.
    """

    entries: list[HistoryEntry] = field(default_factory=list)
    damaged: list[Damaged] = field(default_factory=list)

    @property
    def last(self) -> HistoryEntry | None:
        """The entry that decides; `None` if there is none, or if it is damaged."""
        return None if not self.entries or self.is_broken else self.entries[-1]

    @property
    def is_broken(self) -> bool:
        """Whether the entry that decides is damaged."""
        return any(one.decides for one in self.damaged)


@dataclass(frozen=True)
class Standing:
    """The grades that count, of everybody.

    Attributes:
        entries: the last entries, by assignment and student.
        damaged: those that cannot be read.
    """

    entries: dict[tuple[str, str], HistoryEntry] = field(default_factory=dict)
    damaged: dict[tuple[str, str], list[Damaged]] = field(default_factory=dict)

    @property
    def records(self) -> list[SubmissionRecord]:
        """The records that count."""
        return [entry.record for entry in self.entries.values()]

    def damage(self, assignment: str | None = None) -> list[str]:
        """What cannot be read, in lines; of one assignment, or of all."""
        return [
            str(one)
            for (found, _), several in sorted(self.damaged.items())
            if assignment is None or found in (assignment, ANY)
            for one in several
        ]


def read_history(out: Path, student: str, assignment: str) -> History:
    """All grades of a submission.

    Raises:
        NewerRecord: if a newer autograder wrote one: a grade of this one must not be put on top.
    """
    return _read_all(out / "history" / student / assignment, student, assignment)


def read_standing(out: Path) -> Standing:
    """The grades that count in an output folder; earlier entries are not read.

    Raises:
        NewerRecord: if a newer autograder wrote one of them.
        AutograderError: if the folder of all histories cannot be read.
    """
    standing = Standing()
    try:
        students = _names(out / "history")
    except OSError as error:
        raise AutograderError(
            f"{out / 'history'} cannot be read ({error.strerror}). Change its permissions."
        ) from error
    for student in students:
        try:
            assignments = _names(out / "history" / student)
        except OSError as error:
            reason = error.strerror or str(error)
            damaged = Damaged(out / "history" / student, reason, decides=True)
            standing.damaged[ANY, student] = [damaged]
            continue
        for assignment in assignments:
            folder = out / "history" / student / assignment
            found = _read_all(folder, student, assignment, last_only=True)
            if found.last is not None:
                standing.entries[assignment, student] = found.last
            if found.damaged:
                standing.damaged[assignment, student] = found.damaged
    return standing


def append_entry(out: Path, record: SubmissionRecord, reason: str) -> Path:
    """Add an entry, and return its file: once that is on the disk, the grade cannot be lost."""
    folder = out / "history" / record.student / record.assignment
    numbers = _numbers(folder) if folder.is_dir() else []
    entry = HistoryEntry(
        number=numbers[-1] + 1 if numbers else 1,
        graded_at=datetime.now(UTC).isoformat(timespec="seconds"),
        reason=reason,
        grader_version=version(),
        record=record,
    )
    path = folder / f"{entry.number:04}.json"
    write_atomically(path, entry.model_dump_json(indent=1) + "\n", durable=False)
    return path


def _read_all(folder: Path, student: str, assignment: str, last_only: bool = False) -> History:
    history = History()
    try:
        numbers = _numbers(folder)
    except FileNotFoundError:
        return history
    except OSError as error:
        history.damaged.append(Damaged(folder, error.strerror or str(error), decides=True))
        return history
    for number in numbers[-1:] if last_only else numbers:
        path = folder / f"{number:04}.json"
        found = _read(path, student, assignment)
        if isinstance(found, str):
            history.damaged.append(Damaged(path, found, number == numbers[-1], number))
        else:
            history.entries.append(found)
    return history


def _names(folder: Path) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except FileNotFoundError:
        return []


def _numbers(folder: Path) -> list[int]:
    stems = [name.removesuffix(".json") for name in os.listdir(folder) if name.endswith(".json")]
    return sorted(int(stem) for stem in stems if stem.isascii() and stem.isdecimal())


def _read(path: Path, student: str, assignment: str) -> HistoryEntry | str:
    """An entry, or what is wrong with it."""
    try:
        value = json.loads(path.read_bytes())
        entry = HistoryEntry.model_validate(value | {"record": migrated(value["record"])})
    except NewerRecord as error:
        raise NewerRecord(f"{path}: {error}") from error
    except OSError as error:
        return error.strerror or str(error)
    except UnicodeDecodeError:
        return "it is no text"
    except json.JSONDecodeError as error:
        return f"it is no JSON after character {error.pos}" if error.pos else "it is no JSON"
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "it is no grade"
    if not is_sound(entry.record, student, assignment):
        return "it is a grade of something else, or its numbers are none"
    return entry
