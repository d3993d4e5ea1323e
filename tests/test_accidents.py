"""Broken but innocent notebooks keep what they earned, and nobody beside them notices."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from accidents import Accident, corpus
from accidents._cells import CHECKS

from autograder.course import Course, find_course
from autograder.grade import Graded, Grader
from autograder.report import write_feedback
from autograder.results import read_record
from autograder.sandbox import namespaces_problem
from autograder.source import read_source

ASSIGNMENT, NOTEBOOK = "a01_layers", "convolution"
ISOLATION = "none" if namespaces_problem() else "namespaces"
CORPUS = corpus()


@pytest.fixture(scope="module")
def course(repository: Path) -> Course:
    return find_course(repository)


@pytest.fixture(scope="module")
def grader(course: Course) -> Iterator[Grader]:
    limits = replace(course.limits, cell_seconds=4)
    with Grader(
        course, ASSIGNMENT, key=bytes(32), isolation=ISOLATION, limits=limits, workers=2
    ) as running:
        yield running


def hand_in(course: Course, folder: Path, student: str, accident: Accident | None = None) -> Path:
    """Put a right solution where the grader looks for it, and let the accident happen to it."""
    notebook = read_source(course.source(ASSIGNMENT, NOTEBOOK))
    if accident is not None and accident.happen is not None:
        accident.happen(notebook)
    target = folder / student / ASSIGNMENT
    target.mkdir(parents=True)
    file = target / f"{NOTEBOOK}.ipynb"
    # As it is: hardly one of them would pass a validation.
    file.write_text(json.dumps(notebook))
    if accident is not None and accident.happen_to is not None:
        accident.happen_to(file)
    return target


def grade(grader: Grader, student: str, folder: Path) -> Graded:
    """Grade the one notebook that was handed in."""
    return grader.grade(student, folder)


@pytest.mark.parametrize("accident", CORPUS, ids=lambda accident: accident.name)
def test_an_accident_costs_only_what_it_destroyed(
    grader: Grader, tmp_path: Path, accident: Accident
) -> None:
    folder = hand_in(grader.course, tmp_path, accident.student, accident)
    record = grade(grader, accident.student, folder).record
    (found,) = (notebook for notebook in record.notebooks if notebook.name == NOTEBOOK)
    lost = {check.name: check for check in found.checks if check.score != check.points}
    assert tuple(lost) == accident.loses, [c.findings[:1] for c in lost.values()]
    assert [check.name for check in found.checks] == list(CHECKS)
    for check in lost.values():
        assert accident.found in check.findings[0].message
    assert accident.problem in found.problem
    assert bool(accident.problem) == bool(found.problem)
    for text in accident.repaired:
        assert any(text in repair for repair in found.repairs), (text, found.repairs)
    for repair in found.repairs:
        assert any(text in repair for text in accident.repaired), repair
    page = tmp_path / "feedback.html"
    write_feedback(page, record, NOTEBOOK)
    shown = page.read_text()
    print(found.repairs)
    assert shown.count("<li") >= len(found.repairs)
