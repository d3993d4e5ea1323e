"""`autograder demo` on a course with one small notebook, which says nothing about it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from autograder._exceptions import CourseError
from autograder.proof.demo import make_class
from autograder.sandbox import namespaces_problem
from autograder.source.course import Course, find_course
from autograder.source.settings import DemoSettings


@pytest.mark.skipif(namespaces_problem() is not None, reason=str(namespaces_problem()))
def test_any_course_has_a_class(tiny_course: Course, tmp_path: Path) -> None:
    """Nobody but the right ones has full marks, and the hostile ones have none."""
    command = [sys.executable, "-m", "autograder"]
    done = subprocess.run(
        [*command, "--course", tiny_course.root, "demo", "--out", tmp_path],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "hands in a00_tiny/tiny:" in done.stdout
    records = [
        json.loads(path.read_text()) for path in sorted((tmp_path / "results").rglob("*.json"))
    ]
    scores = {record["student"]: record["score"] for record in records}
    assert scores == {
        "ada": 5, "carl": 1, "emmy": 4, "fermat": 0,
        "grace": 4, "henri": 4, "ivan": 1, "mallory": 0,
    }  # fmt: skip


def test_the_course_says_what_is_handed_in(repository: Path, tmp_path: Path) -> None:
    made = make_class(find_course(repository), tmp_path / "class")
    assert (made.assignment, made.notebook) == ("a01_layers", "convolution")
    assert len(made.students) == 10
    assert made.students["daniel"] == "2 mistakes"
    assert len(list((tmp_path / "class").rglob("convolution.ipynb"))) == 10


def test_a_name_that_the_course_lacks_is_named(tiny_course: Course, tmp_path: Path) -> None:
    def asked(**demo: object) -> Course:
        settings = replace(tiny_course.settings, demo=DemoSettings(**demo))  # type: ignore[arg-type]
        return replace(tiny_course, settings=settings)

    with pytest.raises(CourseError, match=r"no notebook 'huge' in a00_tiny. Known: tiny"):
        make_class(asked(notebook="huge"), tmp_path)
    with pytest.raises(CourseError, match=r"has no mistake or other answer 'cubed'. Known: "):
        make_class(asked(mistakes=(("cubed",),)), tmp_path)
