"""What is made from the history, and whether it still agrees with it.

The history decides; everything else can be lost and made again. `autograder grade` does that,
`autograder verify` says what it would do.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder._exceptions import AutograderError
from autograder.grading.publish import autograded_path, feedback_path, record_path
from autograder.grading.remedies import grade_command, regrade_command
from autograder.records.files import set_aside
from autograder.records.gradebook_state import GradebookDamaged, Scores, lacks, read_scores
from autograder.records.history import ANY, Standing, read_standing
from autograder.records.results import SubmissionRecord, is_written
from autograder.report import feedback_faults, report_faults


@dataclass(frozen=True)
class Fault:
    """Something that does not agree with the history.

    Attributes:
        path: where it lies below the output folder.
        reason: what is wrong with it, as the rest of a sentence.
        remedy: what mends it.
    """

    path: str
    reason: str
    remedy: str


def gradebook_scores(out: Path) -> tuple[Scores, str]:
    """The scores in the gradebook; one that is damaged is set aside, and that is told in a line.

    Raises:
        AutograderError: if it cannot be read, which is no damage.
    """
    path = out / "gradebook.db"
    try:
        return read_scores(path), ""
    except GradebookDamaged as damage:
        aside = set_aside(path)
        return {}, (
            f"gradebook.db was damaged ({damage}). It is kept as {aside.name}, and a new one was "
            "made from the history; scores that a person gave in formgrader are in the old one only"
        )
    except OSError as error:
        raise AutograderError(
            f"{path} cannot be read ({error.strerror}). Close what uses it, such as formgrader, or "
            "change its permissions."
        ) from error


def outdated(
    out: Path, standing: Standing, scores: Scores, assignments: Collection[str]
) -> list[SubmissionRecord]:
    """The grades of which something is missing, damaged or older.

    Args:
        out: the output folder.
        standing: the grades that count.
        scores: what the gradebook holds.
        assignments: those that the gradebook can know.
    """
    return [
        record
        for record in standing.records
        if any(_page_faults(out, record))
        or (record.assignment in assignments and lacks(scores, record))
    ]


def verify(out: Path) -> tuple[list[Fault], int]:
    """Everything in an output folder that does not agree with its history; how many grades count.

    Raises:
        OSError: if the gradebook cannot be read.
        NewerRecord: if a newer autograder wrote a grade.
    """
    standing = read_standing(out)
    records = standing.records
    some = {record.assignment: record for record in reversed(records)}

    def grade(assignment: str) -> str:
        return grade_command(out, assignment or "ASSIGNMENT", some.get(assignment))

    faults = [
        Fault(
            str(one.path.relative_to(out)),
            f"cannot be read ({one.reason})",
            f"restore it from a copy, or run {grade(assignment)}"
            if one.decides
            else "restore it from a copy, or let it lie: a later grade counts",
        )
        for (assignment, _), several in sorted(standing.damaged.items())
        for one in several
    ]
    try:
        scores, damage = read_scores(out / "gradebook.db"), ""
    except GradebookDamaged as error:
        scores, damage = {}, str(error)
    if records and (damage or not (out / "gradebook.db").exists()):
        reason = f"is damaged ({damage})" if damage else "is missing"
        faults.append(Fault("gradebook.db", reason, grade(records[0].assignment)))
    for record in records:
        again = grade_command(out, record.assignment, record)
        if scores and (lacking := lacks(scores, record)):
            where = f"for {record.student} in {record.assignment}"
            faults.append(Fault("gradebook.db", f"has {lacking} {where}", again))
        for path, reason in _page_faults(out, record):
            faults.append(Fault(str(path.relative_to(out)), reason, again))
        for path, reason in _notebook_faults(out, record):
            faults.append(Fault(str(path.relative_to(out)), reason, regrade_command(out, record)))
    for path, reason in report_faults(out, records):
        anew = grade(records[0].assignment if records else "")
        faults.append(Fault(str(path.relative_to(out)), reason, anew))
    known = standing.entries.keys() | standing.damaged.keys()
    for path in sorted((out / "results").glob("*/*.json")):
        student = path.parent.name
        if not {(path.stem, student), (ANY, student)} & known:
            faults.append(
                Fault(
                    str(path.relative_to(out)),
                    "is of a grade that the history does not have",
                    "restore the history from a copy, or remove it",
                )
            )
    return faults, len(records)


def _page_faults(out: Path, record: SubmissionRecord) -> Iterator[tuple[Path, str]]:
    path = record_path(out, record.student, record.assignment)
    if not is_written(path, record):
        yield path, "is not the grade in the history" if path.exists() else "is missing"
    for notebook in record.notebooks:
        yield from feedback_faults(feedback_path(out, record, notebook.name), record)


def _notebook_faults(out: Path, record: SubmissionRecord) -> Iterator[tuple[Path, str]]:
    """Notebooks as they were run; they cannot be made without running them."""
    for notebook in record.notebooks:
        path = autograded_path(out, record, notebook.name)
        if notebook.problem or not notebook.digest:
            continue
        try:
            if not isinstance(json.loads(path.read_bytes()).get("cells"), list):
                yield path, "is damaged"
        except FileNotFoundError:
            yield path, "is missing"
        except (OSError, ValueError, AttributeError, RecursionError):
            yield path, "is damaged"
