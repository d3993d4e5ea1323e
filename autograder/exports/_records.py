"""Read the grades of an assignment that count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from autograder._exceptions import AutograderError, NewerRecord
from autograder.records.history import ANY, read_standing
from autograder.records.results import SubmissionRecord, is_sound, load_record
from autograder.report import display_name


def read_records(
    out: Path,
    assignment: str,
    students: Sequence[str] = (),
    tell: Callable[[str], None] = lambda line: None,
) -> list[SubmissionRecord]:
    """The records that count, sorted by student.

    They are those of the history; results under `out/results/<student>/<assignment>.json` are taken
    where there is none (they may have come without it), or where its last entry is damaged.

    Args:
        out: the folder that `autograder grade --out` wrote.
        assignment: its name.
        students: only these; all by default.
        tell: told in a line of each damaged entry, and of whom it leaves without a record.

    Raises:
        AutograderError: if there is no record, a named student has none, or one cannot be read. A
            record is never passed over, because a missing row in a gradebook is a missing grade.
    """
    if not assignment or Path(assignment).name != assignment:
        raise AutograderError(f"An assignment's name is expected. Received: {assignment!r}.")
    standing = read_standing(out)
    entries = {who: entry for (what, who), entry in standing.entries.items() if what == assignment}
    damaged = {
        who: several
        for (what, who), several in standing.damaged.items()
        if what in (assignment, ANY)
    }
    paths = {path.parent.name: path for path in (out / "results").glob(f"*/{assignment}.json")}
    known = sorted({*paths, *entries, *damaged})
    missing = sorted(set(students) - set(known))
    if missing:
        raise AutograderError(
            f"No result of {assignment} by {', '.join(map(display_name, missing))} in {out}. "
            f"Grade it first: autograder grade {assignment} --out {out}."
        )
    if not known:
        raise AutograderError(
            f"No results of {assignment} in {out}. Expected "
            f"{out}/results/<student>/{assignment}.json, which `autograder grade` writes."
        )
    records = []
    for student in known:
        if students and student not in students:
            continue
        for one in damaged.get(student, ()):
            tell(str(one))
        if student in entries:
            records.append(entries[student].record)
            continue
        try:
            records.append(_read(out / "results" / student / f"{assignment}.json", student))
        except NewerRecord:
            raise
        except AutograderError:
            if student not in damaged:
                raise
            tell(f"{display_name(student)} is left out: no grade of {assignment} can be read")
    return records


def _read(path: Path, student: str) -> SubmissionRecord:
    shown = display_name(str(path), 400)
    try:
        record = load_record(path)
    except NewerRecord as error:
        raise NewerRecord(f"{shown}: {error}") from error
    except (OSError, ValueError, RecursionError):
        record = None
    if record is None or not is_sound(record, student, path.stem):
        raise AutograderError(
            f"{shown} is not a result of {path.stem}, or is damaged. "
            f"Grade again: autograder grade {path.stem} --regrade."
        )
    return record
