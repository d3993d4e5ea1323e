"""Gradescope's results.json, as its autograder specification describes it.

https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from autograder._exceptions import AutograderError
from autograder.exports._text import explanation, headline, submission_note
from autograder.records.results import CheckRecord, SubmissionRecord, Verdict
from autograder.report import sanitise


def gradescope_json(records: Sequence[SubmissionRecord]) -> str:
    """One submission as Gradescope's results.json.

    Gradescope wants a score for the submission or for every test. A submission in which anything
    is ungraded gets neither, so Gradescope reports an autograder error to the instructor and
    records no grade, where a partial sum would be a wrong one.

    Raises:
        AutograderError: if there is more than one record.
    """
    if len(records) != 1:
        raise AutograderError(
            f"Gradescope's format holds one submission. Received: {len(records)}. "
            "Choose one with --student NAME."
        )
    (record,) = records
    graded = not record.ungraded and record.score is not None
    checks = [(notebook.name, check) for notebook in record.notebooks for check in notebook.checks]
    document: dict[str, Any] = {
        "execution_time": round(record.duration_seconds),
        "output": submission_note(record),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {
            "assignment": sanitise(record.assignment),
            "round": record.round,
            "isolation": record.isolation,
            "grader_digest": record.grader_digest,
        },
        "tests": [
            _test(number, notebook, check, graded)
            for number, (notebook, check) in enumerate(checks, start=1)
        ],
    }
    if graded:
        document["score"] = record.score
    return json.dumps(document, indent=1, allow_nan=False) + "\n"


def _test(number: int, notebook: str, check: CheckRecord, graded: bool) -> dict[str, Any]:
    test: dict[str, Any] = {
        "name": sanitise(f"{notebook}: {check.name}"),
        "number": str(number),
        "max_score": check.points,
        "output": f"{headline(check)}\n\n{explanation(check)}".strip(),
        "visibility": "visible",
    }
    if check.score is not None:
        test["status"] = "passed" if check.verdict is Verdict.PASSED else "failed"
    if graded:
        test["score"] = check.score
    return test
