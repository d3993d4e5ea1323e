"""Stored records: those of earlier versions are read, those of later ones are not."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from autograder._exceptions import NewerRecord
from autograder.records.migrations import SCHEMA_VERSION, migrated
from autograder.records.outcomes import BY_DEATH, OUTCOMES, Death, Verdict
from autograder.records.results import SubmissionRecord, load_record, read_record, write_record
from autograder.source.course import SubmissionLimits

# As the first autograder wrote it.
VERSION_1: dict[str, Any] = {
    "schema_version": 1,
    "assignment": "a01_layers",
    "student": "ada",
    "round": 1,
    "score": 1.0,
    "max_score": 3.0,
    "isolation": "namespaces",
    "versions": {"keras": "3.15.1"},
    "grader_digest": "0123456789abcdef",
    "duration_seconds": 1.5,
    "notebooks": [
        {
            "name": "convolution",
            "digest": "00",
            "repairs": ["The check cell was put back."],
            "checks": [
                {
                    "name": "conv2d_forward",
                    "points": 3.0,
                    "score": 1.0,
                    "verdict": "failed",
                    "cases": 3,
                    "cases_passed": 1,
                    "findings": [{"message": "2 of 9 values are wrong.", "tensors": "dx  wrong"}],
                }
            ],
        }
    ],
}
VERSION_2 = migrated(VERSION_1) | {"schema_version": 2}


def stored(folder: Path, record: dict[str, Any]) -> Path:
    path = folder / "a01_layers.json"
    path.write_text(json.dumps(record))
    return path


@pytest.mark.parametrize("earlier", [VERSION_1, VERSION_2])
def test_a_record_of_an_earlier_version_is_read(tmp_path: Path, earlier: dict[str, Any]) -> None:
    found = load_record(stored(tmp_path, earlier))
    assert found.schema_version == SCHEMA_VERSION
    assert (found.device, found.weights) == ("cpu", {})
    (check,) = found.checks
    assert (check.score, check.trials, check.bound) == (1.0, [], None)
    assert check.findings[0].details == "dx  wrong"


def test_a_step_changes_nothing_that_it_was_given() -> None:
    before = copy.deepcopy(VERSION_1)
    migrated(VERSION_1)
    assert before == VERSION_1


def test_what_is_written_is_of_the_present_version_and_read_as_it_was(tmp_path: Path) -> None:
    record = SubmissionRecord.model_validate(migrated(VERSION_2))
    path = tmp_path / "record.json"
    write_record(path, record)
    assert json.loads(path.read_text())["schema_version"] == SCHEMA_VERSION
    assert load_record(path) == record


@pytest.mark.parametrize("version", [SCHEMA_VERSION + 1, 99])
def test_a_newer_record_is_refused_or_passed_over(tmp_path: Path, version: int) -> None:
    path = stored(tmp_path, VERSION_2 | {"schema_version": version})
    with pytest.raises(NewerRecord, match=f"of version {version}, and versions up to"):
        load_record(path)
    assert read_record(path) is None


@pytest.mark.parametrize("damage", [{"schema_version": "3"}, {"schema_version": 0}, {"extra": 1}])
def test_a_damaged_record_is_passed_over(tmp_path: Path, damage: dict[str, Any]) -> None:
    path = stored(tmp_path, VERSION_2 | damage)
    with pytest.raises(ValueError, match=r"schema_version|extra"):
        load_record(path)
    assert read_record(path) is None
    path.write_text("[]")
    assert read_record(path) is None


def test_every_verdict_is_one_entry() -> None:
    assert set(OUTCOMES) == set(Verdict)
    assert set(BY_DEATH) == set(Death)
    for outcome in OUTCOMES.values():
        assert outcome.meaning.endswith(".")
        for told in (*outcome.ended, outcome.refused):
            if told is not None:
                message = told.message.format(limits=SubmissionLimits(), seconds=60.0)
                assert "{" not in message
