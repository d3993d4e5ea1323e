"""Grades are added and never changed; verdicts can be reached again without running anything.

The command line on the tiny course, whose notebook and checks are edited as an instructor would.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from courses import tiny
from nbgrader.api import Gradebook

from autograder.records.migrations import SCHEMA_VERSION
from autograder.sandbox import namespaces_problem
from autograder.sandbox.bwrap import find_bwrap
from autograder.source.course import Course

ISOLATION = "none" if namespaces_problem() else "namespaces"

# Nearly right; and it says how often it was called, and when the notebook was run.
NEARLY = """
calls = 0
def double(x):
    global calls
    calls += 1
    return 2.002 * x
"""
SAYS = "import time\nprint('run at', time.time_ns(), 'called', calls)"


class Desk:
    """An instructor's desk: a course, its checks, submissions, and the output folder."""

    def __init__(self, folder: Path) -> None:
        self.course_folder = folder / "course"
        self.course = Course(self.course_folder, "tiny", "Tiny", tiny.LIMITS)
        self.checks = self.course.checks("a00_tiny", "tiny")
        self.submitted, self.out = folder / "submitted", folder / "out"

    def set_up(self) -> None:
        """Grade a class of two: one nearly right, one right."""
        self.course_folder.mkdir()
        tiny.make_course(self.course_folder)
        notebook = tiny.submission(self.course, double=NEARLY)
        notebook.cells.append(nbformat.v4.new_code_cell(SAYS, id="says"))
        tiny.hand_in(self.submitted, "ada", notebook)
        tiny.hand_in(self.submitted, "bob", tiny.submission(self.course))
        self.grade()
        assert self.scores("ada") == {"double": 0, "triple": 1}
        assert self.scores("bob") == {"double": 4, "triple": 1}

    def autograder(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "autograder"]
        command += ["--course", str(self.course_folder), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def grade_on(self, *mount: object) -> subprocess.CompletedProcess[str]:
        """Grade into an output folder on a file system of its own."""
        bwrap = find_bwrap()
        assert bwrap is not None
        self.out.mkdir(exist_ok=True)
        command = [bwrap, "--dev-bind", "/", "/", *map(str, mount), "--", sys.executable]
        command += ["-m", "autograder", "--course", self.course_folder]
        command += ["grade", "a00_tiny", "--submissions", self.submitted, "--out", self.out]
        return subprocess.run(
            [*map(str, command), "--isolation", "none", "--regrade"],
            capture_output=True,
            text=True,
            check=False,
        )

    def grade(self, *more: object) -> subprocess.CompletedProcess[str]:
        ran = self.autograder(
            "grade", "a00_tiny", "--submissions", self.submitted, "--out", self.out,
            "--isolation", ISOLATION, *more,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        return ran

    def rescore(self, code: int = 0) -> subprocess.CompletedProcess[str]:
        ran = self.autograder("rescore", "a00_tiny", "--out", self.out)
        assert ran.returncode == code, ran.stderr
        return ran

    def history(self, student: str) -> list[dict[str, Any]]:
        ran = self.autograder("history", student, "a00_tiny", "--out", self.out, "--format", "json")
        assert ran.returncode == 0, ran.stderr
        found: list[dict[str, Any]] = json.loads(ran.stdout)
        return found

    def scores(self, student: str) -> dict[str, float]:
        record = json.loads((self.out / "results" / student / "a00_tiny.json").read_text())
        return {check["name"]: check["score"] for check in record["notebooks"][0]["checks"]}

    def said(self) -> str:
        """What ada's last cell printed when her notebook was last run."""
        path = self.out / "autograded" / "ada" / "a00_tiny" / "tiny.ipynb"
        notebook = nbformat.read(path, as_version=4)
        return str(notebook.cells[-1].outputs[0].text)

    def edit(self, path: Path, before: str, after: str) -> None:
        text = path.read_text()
        assert before in text
        path.write_text(text.replace(before, after))

    def edit_source(self, before: str, after: str) -> None:
        self.edit(self.course.source("a00_tiny", "tiny"), before, after)
        assert self.autograder("release", "a00_tiny").returncode == 0


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    Desk(folder).set_up()
    return folder


@pytest.fixture
def desk(graded: Path, tmp_path: Path) -> Desk:
    """A copy of the graded class, to do with as one likes."""
    shutil.copytree(graded, tmp_path / "desk")
    return Desk(tmp_path / "desk")


def test_points_and_tolerances_are_rescored_without_running(desk: Desk) -> None:
    said = desk.said()
    assert "called 4" in said
    desk.edit_source('"points": 4', '"points": 8')
    desk.edit(
        desk.checks, "expected=reference.double(x),", "expected=reference.double(x), rtol=0.01,"
    )
    ran = desk.rescore()
    assert "ada: 1 of 5 -> 9 of 9" in ran.stdout
    assert "bob: 5 of 5 -> 9 of 9" in ran.stdout
    assert desk.scores("ada") == {"double": 8, "triple": 1}
    assert desk.said() == said
    # Nothing is left for `grade` to do, and every grade is still there.
    assert "2 unchanged" in desk.grade().stdout
    entries = desk.history("ada")
    assert [entry["record"]["score"] for entry in entries] == [1, 9]
    assert [entry["number"] for entry in entries] == [1, 2]
    assert entries[0]["reason"] == "first grading"
    assert entries[1]["reason"].startswith("judged anew")
    with Gradebook(f"sqlite:///{desk.out / 'gradebook.db'}", "tiny") as gradebook:
        assert gradebook.find_submission("a00_tiny", "ada").score == 9


def test_a_changed_check_runs_alone(desk: Desk) -> None:
    desk.edit(desk.checks, "float(draw.integer(2, 8))", "float(draw.integer(20, 89))")
    ran = desk.rescore(code=1)
    assert "To be run by `autograder grade`, for 2 of them: triple" in ran.stderr
    before = desk.said()
    desk.grade()
    # The notebook was run, and `double` was not asked again.
    assert desk.said() != before
    assert "called 0" in desk.said()
    assert desk.scores("ada") == {"double": 0, "triple": 1}
    assert [e["reason"] for e in desk.history("ada")][-1] == "the checks changed"
    # Its verdict on `double` is there as before, with the finding.
    record = desk.history("ada")[-1]["record"]
    assert record["notebooks"][0]["checks"][0]["findings"]


def test_a_regrade_overwrites_nothing(desk: Desk) -> None:
    first = (desk.out / "history" / "ada" / "a00_tiny" / "0001.json").read_bytes()
    desk.grade("--regrade")
    desk.grade("--round", 2)
    notebook = tiny.submission(desk.course)
    tiny.hand_in(desk.submitted, "ada", notebook)
    desk.grade("--round", 2)
    entries = desk.history("ada")
    assert [e["reason"] for e in entries] == [
        "first grading", "asked for", "round 2", "handed in again",
    ]  # fmt: skip
    assert [e["record"]["score"] for e in entries] == [1, 1, 1, 5]
    assert [e["record"]["round"] for e in entries] == [1, 1, 2, 2]
    assert (desk.out / "history" / "ada" / "a00_tiny" / "0001.json").read_bytes() == first
    table = desk.autograder("history", "ada", "a00_tiny", "--out", desk.out).stdout
    assert table.count(" of 5") == 4
    assert "handed in again" in table


def test_what_a_killed_run_left_undone_is_done_by_the_next(desk: Desk) -> None:
    """Killed after the grade was kept, before anything was made from it: nothing runs again."""
    for path in (
        desk.out / "results" / "bob" / "a00_tiny.json",
        desk.out / "feedback" / "bob" / "a00_tiny" / "tiny.html",
        desk.out / "gradebook.db",
    ):
        path.unlink()
    (desk.out / "results" / "ada" / "a00_tiny.json").unlink()
    said = desk.said()
    assert "2 unchanged" in desk.grade().stdout
    assert desk.said() == said
    assert desk.scores("bob") == {"double": 4, "triple": 1}
    assert (desk.out / "feedback" / "bob" / "a00_tiny" / "tiny.html").is_file()
    assert len(desk.history("bob")) == 1


def test_a_student_without_a_grade_is_named(desk: Desk) -> None:
    ran = desk.autograder("history", "zoe", "a00_tiny", "--out", desk.out)
    assert ran.returncode == 2
    assert "no grade of a00_tiny for 'zoe'" in ran.stderr
    assert "ada, bob" in ran.stderr


@pytest.mark.parametrize("command", ["grade", "rescore", "history"])
def test_a_grade_of_a_newer_autograder_is_left_alone(desk: Desk, command: str) -> None:
    path = desk.out / "history" / "ada" / "a00_tiny" / "0001.json"
    desk.edit(path, f'"schema_version": {SCHEMA_VERSION}', '"schema_version": 99')
    before = path.read_text()
    arguments = {
        "grade": ["a00_tiny", "--submissions", desk.submitted],
        "rescore": ["a00_tiny"],
        "history": ["ada", "a00_tiny"],
    }
    ran = desk.autograder(command, *arguments[command], "--out", desk.out)
    assert ran.returncode == 2
    assert "0001.json: A newer autograder wrote this record" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert [found.name for found in path.parent.iterdir()] == ["0001.json"]
    assert path.read_text() == before


# Before the gradebook, while it is made, and while grades are written.
@pytest.mark.skipif(namespaces_problem() is not None, reason="needs a small file system")
@pytest.mark.parametrize("size", [4096, 100_000, 420_000])
def test_a_full_disk_is_one_clear_error(graded: Path, size: int) -> None:
    desk = Desk(graded)
    ran = desk.grade_on("--size", size, "--tmpfs", desk.out)
    assert ran.returncode == 2
    last = ran.stderr.splitlines()[-1]
    assert "There is no room left to write to" in last
    assert "what was graded is kept" in last
    assert "Traceback" not in ran.stderr


@pytest.mark.skipif(namespaces_problem() is not None, reason="needs a read-only file system")
def test_a_read_only_folder_is_one_clear_error(graded: Path) -> None:
    desk = Desk(graded)
    ran = desk.grade_on("--ro-bind", desk.out, desk.out)
    assert ran.returncode == 2
    assert "cannot be written to" in ran.stderr.splitlines()[-1]
    assert "Traceback" not in ran.stderr
