"""The JSON Schema of the result record."""

from __future__ import annotations

import json

from autograder.records.results import SubmissionRecord


def schema() -> str:
    """The text of `docs/result.schema.json`.

    Example:
        `python -c "from autograder.report import schema; print(schema(), end='')"`
    """
    return json.dumps(SubmissionRecord.model_json_schema(), indent=2) + "\n"
