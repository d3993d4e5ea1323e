"""The result record: what was found about one submission, and under which conditions.

Versioned, strict, and free of secrets: expected values appear only inside findings, for cases
that the student failed. The JSON Schema is `docs/result.schema.json`.
"""

from __future__ import annotations

import hashlib
import json
import math
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from autograder._exceptions import NewerRecord
from autograder.records.files import write_derived
from autograder.records.migrations import migrated
from autograder.records.outcomes import Verdict
from autograder.source.settings import Feedback
from course_lib.checking.finding import Finding

__all__ = [
    "CheckRecord",
    "NotebookRecord",
    "SubmissionRecord",
    "TrialRecord",
    "Verdict",
    "digest_of",
    "is_sound",
    "is_written",
    "load_record",
    "read_record",
    "write_record",
]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TrialRecord(_Record):
    """One training run of a check that is judged by accuracy."""

    seed: int
    accuracy: float | None = Field(description="On unseen images; None if nothing was scored.")
    low: float = Field(description="Of the 95 % confidence interval for this number of images.")
    high: float
    seconds: float


class CheckRecord(_Record):
    """One check: a graded cell of the notebook."""

    name: str
    points: float
    score: float | None = Field(description="None if ungraded or unreadable.")
    verdict: Verdict
    seconds: float = 0.0
    cases: int = 0
    cases_passed: int = 0
    findings: list[Finding] = []
    trials: list[TrialRecord] = Field([], description="Training runs, in order.")
    bound: float | None = Field(None, description="The accuracy that one of them must reach.")
    feedback: Feedback = Field("full", description="What of it the student is shown.")


class NotebookRecord(_Record):
    """One notebook of a submission."""

    name: str
    digest: str = Field(description="SHA-256 of the submitted file; empty if it is missing.")
    attempt: int = Field(0, description="How many others the student handed in before.")
    repairs: list[str] = []
    cpu_seconds: float = Field(0.0, description="CPU time of the student's processes.")
    problem: str = Field("", description="Why nothing of this notebook could be run, if so.")
    checks: list[CheckRecord] = []


class SubmissionRecord(_Record):
    """One student's submission of one assignment, graded in one round."""

    schema_version: Literal[4] = 4  # `migrations` says how those before become one of these
    assignment: str
    student: str
    round: int
    score: float | None = Field(description="Sum over graded checks; None if nothing was graded.")
    max_score: float
    isolation: str
    versions: dict[str, str]
    grader_digest: str = Field(description="Changes when a check or the release changes.")
    duration_seconds: float
    device: str = Field("cpu", description="What trained: `cpu`, or the accelerator's name.")
    weights: dict[str, str] = Field({}, description="SHA-256 of each file of weights.")
    notebooks: list[NotebookRecord]

    @property
    def checks(self) -> list[CheckRecord]:
        """All checks, in notebook order."""
        return [check for notebook in self.notebooks for check in notebook.checks]

    @property
    def ungraded(self) -> list[str]:
        """Names of the checks that could not be graded."""
        return [check.name for check in self.checks if check.score is None]

    @property
    def needs_another_run(self) -> bool:
        """Whether grading it again may help: the grader failed, not the file."""
        return any(check.verdict is Verdict.UNGRADED for check in self.checks)


def write_record(path: Path, record: SubmissionRecord) -> None:
    """Write a record; a reader sees the old file or the new one, never half of one."""
    write_derived(path, _text(record))


def is_written(path: Path, record: SubmissionRecord) -> bool:
    """Whether this record, and nothing else, is what a file holds."""
    try:
        return path.read_bytes() == _text(record).encode()
    except OSError:
        return False


def digest_of(*records: SubmissionRecord) -> str:
    """A digest of records: it tells whether something was made from them or from others."""
    text = "\n".join(json.dumps(record.model_dump()) for record in records)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def is_sound(record: SubmissionRecord, student: str, assignment: str) -> bool:
    """Whether a record is of this submission, and its numbers are numbers."""
    values = [record.max_score, record.score, record.duration_seconds]
    for check in record.checks:
        values += [check.points, check.score, check.seconds]
    return (record.student, record.assignment) == (student, assignment) and all(
        value is None or math.isfinite(value) for value in values
    )


def _text(record: SubmissionRecord) -> str:
    return record.model_dump_json(indent=1) + "\n"


def read_record(path: Path) -> SubmissionRecord | None:
    """Read a record; `None` if there is none, it is damaged, or a newer autograder wrote it."""
    try:
        return load_record(path)
    except (OSError, ValueError, NewerRecord):
        return None


def load_record(path: Path) -> SubmissionRecord:
    """Read a record of the present version or an earlier one.

    Raises:
        OSError: if it cannot be read.
        NewerRecord: if a newer autograder wrote it.
        ValueError: if it is no record.
    """
    return SubmissionRecord.model_validate(migrated(json.loads(path.read_bytes())))
