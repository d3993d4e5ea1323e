"""Records of earlier versions, brought to the present one step by step.

Each step is a function from a record of version n to one of version n + 1, as the JSON that was
written. It says what that version changed, and is never edited afterwards: a record takes every
step from its own version on. A new version is a new function at the end of `_STEPS`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder._exceptions import NewerRecord

Json = dict[str, Any]


def _from_1_to_2(record: Json) -> Json:
    """Version 2 knows trainings: trials and bound of a check, device and weights of a submission.

    While version 1 was current, a finding's `tensors` became its `details`.
    """
    notebooks = [
        notebook | {"checks": [_check_from_1_to_2(check) for check in notebook.get("checks", [])]}
        for notebook in record["notebooks"]
    ]
    return {"device": "cpu", "weights": {}} | record | {"notebooks": notebooks}


def _check_from_1_to_2(check: Json) -> Json:
    findings = []
    for found in check.get("findings", []):
        kept = {key: value for key, value in found.items() if key != "tensors"}
        findings.append({"details": found.get("tensors", "")} | kept)
    return {"trials": [], "bound": None} | check | {"findings": findings}


def _from_2_to_3(record: Json) -> Json:
    """Version 3 has a history: the record is the same, but its grade may be one of several."""
    return record


def _from_3_to_4(record: Json) -> Json:
    """Version 4 counts attempts, and says of each check what its student is shown: all, so far."""
    notebooks = [
        {"attempt": 0}
        | notebook
        | {"checks": [{"feedback": "full"} | c for c in notebook["checks"]]}
        for notebook in record["notebooks"]
    ]
    return record | {"notebooks": notebooks}


_STEPS: tuple[Callable[[Json], Json], ...] = (_from_1_to_2, _from_2_to_3, _from_3_to_4)
SCHEMA_VERSION = len(_STEPS) + 1


def migrated(record: Any) -> Json:
    """A stored record as one of the present version; the argument is left as it is.

    Args:
        record: the JSON that was read.

    Raises:
        NewerRecord: if a newer autograder wrote it.
        ValueError: if it is no record.
    """
    version = record.get("schema_version") if isinstance(record, dict) else None
    if type(version) is not int or version < 1:
        raise ValueError(f"`schema_version` must be a positive integer. Received: {version!r}")
    if version > SCHEMA_VERSION:
        raise NewerRecord(
            f"A newer autograder wrote this record: it is of version {version}, and versions up "
            f"to {SCHEMA_VERSION} can be read. Use the autograder that wrote it, or a newer one."
        )
    try:
        for step in _STEPS[version - 1 :]:
            record = step(record)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"This is no record of version {version}: {error!r}") from error
    return {**record, "schema_version": SCHEMA_VERSION}
