"""GitLab's Code Quality report: what a merge request shows beside the file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from autograder.exports._text import explanation, headline
from autograder.records.results import CheckRecord, SubmissionRecord, Verdict
from autograder.report import sanitise


def code_quality_json(records: Sequence[SubmissionRecord], folder: str) -> str:
    """Every check that lost points, as an issue of its notebook.

    Args:
        folder: where the notebooks lie in the student's repository.
    """
    issues = [
        _issue(record, f"{folder}/{notebook.name}.ipynb", notebook.name, check)
        for record in records
        for notebook in record.notebooks
        for check in notebook.checks
        if check.verdict is not Verdict.PASSED
    ]
    return json.dumps(issues, indent=1) + "\n"


def _issue(
    record: SubmissionRecord, path: str, notebook: str, check: CheckRecord
) -> dict[str, Any]:
    place = "\0".join([record.student, record.assignment, notebook, check.name])
    return {
        "description": f"{sanitise(check.name)}: {headline(check)}\n{explanation(check)}".strip(),
        "check_name": sanitise(check.name),
        "fingerprint": hashlib.sha256(place.encode("utf-8", "replace")).hexdigest(),
        "severity": "info" if check.score is None else "major",
        "location": {"path": sanitise(path), "lines": {"begin": 1}},
    }
