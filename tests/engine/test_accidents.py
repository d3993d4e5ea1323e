"""Broken but innocent notebooks keep what they earned, and nobody beside them notices.

All accidents are handed in as one class, with right notebooks between them, and graded by one
command; each test then reads what that command wrote about one student.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from accidents import Accident, corpus
from accidents._cells import CHECKS

from autograder.records.results import NotebookRecord, SubmissionRecord, read_record
from autograder.sandbox import namespaces_problem
from autograder.source.course import find_course
from autograder.source.notebook import read_source

ASSIGNMENT, NOTEBOOK = "a01_layers", "convolution"
ISOLATION = "none" if namespaces_problem() else "namespaces"
CORPUS = corpus()
NEIGHBOURS = ("aaa", "every_cell_twice beside", "utf_16 beside", "zzz")
COURSE = """\
[course]
id = "accidents"
title = "Accidents"

[limits]
cell_seconds = 20
idle_seconds = 10
"""


@dataclass(frozen=True)
class Class:
    """What grading the class left behind."""

    out: Path
    command: list[str]
    ran: subprocess.CompletedProcess[str]

    def record(self, student: str) -> SubmissionRecord:
        record = read_record(self.out / "results" / student / f"{ASSIGNMENT}.json")
        assert record is not None
        return record

    def notebook(self, student: str) -> NotebookRecord:
        (found,) = self.record(student).notebooks
        return found

    def page(self, student: str) -> str:
        """The text of the student's feedback page."""
        path = self.out / "feedback" / student / ASSIGNMENT / f"{NOTEBOOK}.html"
        return _plain(html.unescape(re.sub(r"<[^>]*>", "", path.read_text())))


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").split())


@pytest.fixture(scope="module")
def course(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's course with one notebook, and with less patience for a cell that hangs."""
    root = tmp_path_factory.mktemp("course")
    (root / "course.toml").write_text(COURSE)
    for link in (
        root / "solutions" / ASSIGNMENT / NOTEBOOK,
        root / "assignments" / ASSIGNMENT / f"{NOTEBOOK}.ipynb",
    ):
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(repository / link.relative_to(root))
    return root


@pytest.fixture(scope="module")
def graded(course: Path) -> Class:
    """The whole corpus as one class, graded by one command."""
    submitted, out = course / "submitted", course / "out"
    for neighbour in NEIGHBOURS:
        hand_in(course, submitted, neighbour)
    for accident in CORPUS:
        hand_in(course, submitted, accident.student, accident)
    arguments = ["--submissions", submitted, "--out", out, "--isolation", ISOLATION, "--workers=2"]
    program = [sys.executable, "-m", "autograder", "--course", course, "grade", ASSIGNMENT]
    command = [str(part) for part in program + arguments]
    return Class(out, command, run(command))


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def hand_in(course: Path, folder: Path, student: str, accident: Accident | None = None) -> Path:
    """Put a right solution where the grader looks for it, and let the accident happen to it."""
    notebook = read_source(find_course(course).source(ASSIGNMENT, NOTEBOOK))
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


def test_the_run_goes_through(graded: Class) -> None:
    assert graded.ran.returncode == 1, graded.ran.stderr[-2000:]
    students = [*NEIGHBOURS, *(accident.student for accident in CORPUS)]
    assert f"[{len(students)}/{len(students)}]" in graded.ran.stderr
    assert len(students) > 30
    unreadable = sorted(accident.student for accident in CORPUS if accident.problem)
    lines = [line for line in graded.ran.stderr.splitlines() if line.startswith("ungraded: ")]
    assert [line.split(":")[1].strip() for line in lines] == unreadable
    for student in students:
        left = CHECKS if student in unreadable else ()
        assert tuple(graded.record(student).ungraded) == left


def test_none_of_them_is_graded_twice(graded: Class) -> None:
    again = run(graded.command)
    assert again.returncode == 1, again.stderr[-2000:]
    assert f"{len(NEIGHBOURS) + len(CORPUS)} unchanged since the last run" in again.stdout


@pytest.mark.parametrize("neighbour", NEIGHBOURS)
def test_neighbours_notice_nothing(graded: Class, neighbour: str) -> None:
    record = graded.record(neighbour)
    assert record.score == record.max_score
    assert graded.notebook(neighbour).repairs == []


@pytest.mark.parametrize("accident", CORPUS, ids=lambda accident: accident.name)
def test_an_accident_costs_only_what_it_destroyed(graded: Class, accident: Accident) -> None:
    found = graded.notebook(accident.student)
    assert tuple(check.name for check in found.checks) == CHECKS
    lost = [check for check in found.checks if check.score != check.points]
    assert tuple(check.name for check in lost) == accident.loses, lost[:1]
    for check in lost:
        assert accident.found in check.findings[0].message
    assert accident.problem in found.problem
    assert bool(accident.problem) == bool(found.problem)


@pytest.mark.parametrize("accident", CORPUS, ids=lambda accident: accident.name)
def test_what_was_done_about_it_is_told(graded: Class, accident: Accident) -> None:
    found = graded.notebook(accident.student)
    for text in accident.repaired:
        assert any(text in repair for repair in found.repairs), (text, found.repairs)
    for repair in found.repairs:
        assert any(text in repair for text in accident.repaired), repair
    page = graded.page(accident.student)
    for sentence in (*found.repairs, found.problem):
        assert _plain(sentence) in page


@pytest.mark.parametrize(
    "accident", [a for a in CORPUS if not a.problem], ids=lambda accident: accident.name
)
def test_the_graded_notebook_is_a_notebook_again(graded: Class, accident: Accident) -> None:
    path = graded.out / "autograded" / accident.student / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    marked = [cell.metadata["nbgrader"]["grade_id"] for cell in notebook.cells
              if cell.metadata.get("nbgrader", {}).get("grade")]  # fmt: skip
    assert sorted(marked) == sorted(CHECKS)
