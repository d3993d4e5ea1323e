"""What a gradebook holds, read without nbgrader: is it whole, and whose scores are in it?"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from autograder._exceptions import AutograderError
from autograder.records.results import SubmissionRecord

Scores = Mapping[tuple[str, str], Mapping[str, float | None]]
"""The grader's scores by assignment and student, of each check; `None` is open."""

_SCORES = """
    SELECT assignment.name, submitted_assignment.student_id, base_cell.name, grade.auto_score
    FROM submitted_assignment
    JOIN assignment ON assignment.id = submitted_assignment.assignment_id
    LEFT JOIN submitted_notebook ON submitted_notebook.assignment_id = submitted_assignment.id
    LEFT JOIN grade ON grade.notebook_id = submitted_notebook.id
    LEFT JOIN base_cell ON base_cell.id = grade.cell_id
"""
_TABLES = {"assignment", "submitted_assignment", "submitted_notebook", "base_cell", "grade"}
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class GradebookDamaged(AutograderError):
    """What lies in its place is no gradebook; the text says what it is."""


def read_scores(path: Path) -> Scores:
    """The grader's scores in a gradebook; none if there is no such file.

    Raises:
        GradebookDamaged: if it is no gradebook, or not a whole one.
        OSError: if it cannot be read.
    """
    if path.is_dir():
        raise GradebookDamaged("it is a folder")
    if not path.exists():
        return {}
    found: dict[tuple[str, str], dict[str, float | None]] = {}
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as database:
            (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise GradebookDamaged(f"SQLite says: {verdict}")
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
            if not tables >= _TABLES:
                raise GradebookDamaged("it has not the tables of a gradebook")
            for assignment, student, check, score in database.execute(_SCORES):
                scores = found.setdefault((assignment, student), {})
                if check is not None:
                    scores[check] = score
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _BROKEN:
            raise GradebookDamaged(f"SQLite says: {error}") from error
        raise OSError(None, str(error), str(path)) from error
    return found


def lacks(scores: Scores, record: SubmissionRecord) -> str:
    """What a gradebook lacks of a record, in words; empty if it agrees with it.

    Cells that are not in the record came with a later release: for them nothing is known.
    """
    found = scores.get((record.assignment, record.student))
    if found is None:
        return "no grade"
    expected = {check.name: check.score for check in record.checks}
    wrong = [name for name in found if found[name] != expected.get(name)]
    return f"another score for {', '.join(sorted(wrong))}" if wrong else ""
