"""A table for a gradebook or a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from autograder.records.results import SubmissionRecord
from autograder.report import sanitise

# What a spreadsheet takes for the beginning of a formula, in the width of East Asian scripts too;
# also after a semicolon, which separates cells where the comma is the decimal point.
_FORMULA = re.compile('(^|;)(?=[\\s"]*[=+@\uff1d\uff0b\uff0d\uff20-])')


def gradebook_csv(records: Sequence[SubmissionRecord]) -> str:
    """One row a student: total, and a column for each check, named `<notebook>/<check>`.

    RFC 4180, UTF-8; text is quoted, numbers are not. A check that could not be graded is empty,
    and so is the total of such a student: gradebooks take an empty cell for "no change", and a sum
    without it would be a wrong grade. Text that a spreadsheet would run as a formula gets
    an apostrophe before it.
    """
    columns: dict[str, None] = {}
    rows = []
    for record in records:
        scores = {
            f"{notebook.name}/{check.name}": check.score
            for notebook in record.notebooks
            for check in notebook.checks
        }
        columns |= dict.fromkeys(scores)
        rows.append((record, scores))
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC)
    head = ["student", "assignment", "round", "score", "max_score", "ungraded"]
    writer.writerow([_text(name) for name in [*head, *columns]])
    for record, scores in rows:
        total = "" if record.ungraded or record.score is None else record.score
        writer.writerow(
            [
                _text(record.student),
                _text(record.assignment),
                record.round,
                total,
                record.max_score,
                len(record.ungraded),
                *("" if (score := scores.get(name)) is None else score for name in columns),
            ]
        )
    return stream.getvalue()


def _text(text: str) -> str:
    """Text as one line that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1'", " ".join(sanitise(text).split()))
