"""The command line that mends an output folder, ready to be pasted."""

from __future__ import annotations

import json
import shlex
from contextlib import suppress
from pathlib import Path

from autograder.records.files import write_derived
from autograder.records.results import SubmissionRecord


def remember_submissions(out: Path, assignment: str, submissions: Path) -> None:
    """Keep from which folder an assignment is graded, for the commands that are told."""
    known = _remembered(out)
    if known.get(assignment) != str(submissions.resolve()):
        known[assignment] = str(submissions.resolve())
        text = json.dumps(dict(sorted(known.items())), indent=1)
        write_derived(_file(out), text + "\n")


def grade_command(out: Path, assignment: str, record: SubmissionRecord | None = None) -> str:
    """The command that grades an assignment as it was graded before.

    Args:
        out: the output folder.
        assignment: its name; `ASSIGNMENT` where nobody knows it.
        record: a grade of it, which says in which round and how isolated.
    """
    folder = _remembered(out).get(assignment, "")
    folder = folder if folder and Path(folder).is_dir() else "DIR"
    words = ["autograder", "grade", assignment, "--submissions", folder, "--out", str(out)]
    if record is not None and record.round != 1:
        words += ["--round", str(record.round)]
    if record is not None and record.isolation != "namespaces":
        words += ["--isolation", record.isolation]
    return shlex.join(words)


def regrade_command(out: Path, record: SubmissionRecord) -> str:
    """The command that runs one student's notebooks again, whose grade stands."""
    command = grade_command(out, record.assignment, record)
    return f"{command} {shlex.join(['--student', record.student])} --regrade"


def _remembered(out: Path) -> dict[str, str]:
    with suppress(OSError, ValueError, RecursionError):
        found = json.loads(_file(out).read_bytes())
        if isinstance(found, dict):
            return {key: value for key, value in found.items() if isinstance(value, str)}
    return {}


def _file(out: Path) -> Path:
    return out / "submissions.json"
