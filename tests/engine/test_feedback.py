"""What a student is asked, and what of it they are shown: the command line on the tiny course."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from courses import copied, tiny

from autograder.grading import judging
from autograder.release.write import write_release
from autograder.sandbox import namespaces_problem
from course_lib.checking import CallFunction, Case, Equal, Observation, judge_case

ISOLATION = "none" if namespaces_problem() else "namespaces"
NEARLY = "def double(x):\n    return 2.002 * x\n"
STOPS = "def triple(x):\n    raise ValueError(f'what is {x}?')\n"
TRIPLE = """
@check("triple", feedback={feedback!r})
def triple(draw, reference):
    for x in (2.5, draw.uniform(100, 999)):
        yield call(x, expected=reference.triple(x), label=f"the number {{x}}")
"""
STUDENTS = ("ada", "bob", "cid", "dan", "eve", "fay")
NUMBER = re.compile(r"\d+\.\d+")
FORMATS = ("github", "gitlab", "gradescope", "junit", "record")


class Class:
    """A course and its students, who all handed in the same file."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "out"
        (folder / "course").mkdir()
        self.course = copied("tiny", folder / "course")
        self.set("full")
        write_release(self.course, ["a00_tiny"])
        notebook = tiny.submission(self.course, double=NEARLY, triple=STOPS)
        for student in STUDENTS:
            tiny.hand_in(folder / "submitted", student, notebook)

    def set(self, course: str, assignment: str = "", check: str | None = None) -> None:
        """What students are shown, as the course says, an assignment and a check."""
        checks = self.course.checks("a00_tiny", "tiny")
        head, _, _ = checks.read_text().partition('@check("triple"')
        checks.write_text(head + TRIPLE.format(feedback=check).lstrip())
        path = self.folder / "course" / "course.toml"
        _, _, rest = path.read_text().partition("[sandbox]")
        toml = f'[course]\nid = "tiny"\nfeedback = "{course}"\n'
        if assignment:
            toml += f'[assignments.a00_tiny]\nfeedback = "{assignment}"\n'
        path.write_text(f"{toml}[sandbox]{rest}")

    def run(self, command: str, *arguments: object, code: int = 0) -> str:
        words = ["--course", self.folder / "course", command, *arguments]
        summary = self.folder / "summary.md"
        ran = subprocess.run(
            [sys.executable, "-m", "autograder", *map(str, words)],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(summary)},
        )
        assert ran.returncode == code, ran.stderr
        said = ran.stdout
        if summary.exists():
            written = summary.read_text()
            summary.unlink()
            said += written
            for line in written.splitlines():
                if line.startswith("result="):
                    said += base64.b64decode(line.removeprefix("result=")).decode()
        return said

    def grade(self, *more: object) -> None:
        self.run(
            "grade", "a00_tiny", "--submissions", self.folder / "submitted", "--out", self.out,
            "--isolation", ISOLATION, *more,
        )  # fmt: skip

    def checks(self, student: str) -> dict[str, dict[str, Any]]:
        """What the instructor has of a student, by check."""
        record = json.loads((self.out / "results" / student / "a00_tiny.json").read_text())
        return {check["name"]: check for check in record["notebooks"][0]["checks"]}

    def asked(self, student: str) -> set[str]:
        """The numbers in what the instructor has of a student: calls, answers and messages."""
        found = {n for check in self.checks(student).values() for n in _numbers(check["findings"])}
        assert len(found) > 4
        return found

    def shown(self, student: str) -> Iterator[tuple[str, str]]:
        """Everything that a student gets: its name and its text."""
        for folder in ("feedback", "autograded"):
            (path,) = (self.out / folder / student).rglob("tiny.*")
            yield folder, path.read_text()
        for name in FORMATS:
            text = self.run("export", self.out, "a00_tiny", "--format", name, "--student", student)
            yield name, text


def _numbers(findings: list[dict[str, Any]]) -> set[str]:
    """Numbers of so many digits that none is there twice by chance."""
    found = NUMBER.findall(json.dumps(findings))
    return {number for number in found if len(number.replace(".", "").lstrip("0")) > 5}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Class:
    made = Class(tmp_path_factory.mktemp("feedback"))
    made.grade()
    return made


def _calls(graded: Class, student: str, check: str = "triple") -> list[str]:
    return [finding["call"] for finding in graded.checks(student)[check]["findings"]]


def test_students_with_one_file_are_not_asked_the_same(graded: Class) -> None:
    """Of each check there are some draws; a case that is no draw is asked of everybody."""
    calls = {student: _calls(graded, student) for student in STUDENTS}
    assert {first for first, _ in calls.values()} == {"triple(2.5)"}
    asked = {frozenset(graded.asked(student)) for student in STUDENTS}
    assert len(asked) > 1  # All are the same once in a million times.


def test_the_same_file_is_asked_the_same_again(graded: Class) -> None:
    before = {student: graded.asked(student) for student in STUDENTS}
    graded.grade("--regrade", "--student", "ada")
    graded.run("rescore", "a00_tiny", "--out", graded.out)
    assert {student: graded.asked(student) for student in STUDENTS} == before
    graded.run("verify", "--out", graded.out)


def test_the_next_attempt_is_asked_something_else(graded: Class) -> None:
    seen = graded.asked("fay")
    for attempt in ("# again", "# and again"):
        other = tiny.submission(graded.course, double=NEARLY + attempt, triple=STOPS)
        tiny.hand_in(graded.folder / "submitted", "fay", other)
        graded.grade("--student", "fay")
        asked = graded.asked("fay")
        assert not asked & seen
        seen |= asked


def test_by_default_everything_is_shown(graded: Class) -> None:
    asked = graded.asked("bob")
    for name, text in graded.shown("bob"):
        assert any(number in text for number in asked), name


def test_what_is_shown_is_a_choice_and_the_instructor_sees_everything(graded: Class) -> None:
    """Nobody is run again for it; an assignment overrides the course, and a check both."""
    asked = graded.asked("bob")
    before = graded.checks("bob")
    graded.set("verdict", assignment="public", check="verdict")
    graded.grade()
    checks = graded.checks("bob")
    assert {name: check["feedback"] for name, check in checks.items()} == {
        "double": "public",
        "triple": "verdict",
    }
    assert graded.asked("bob") == asked
    assert [c["seconds"] for c in checks.values()] == [c["seconds"] for c in before.values()]
    texts = dict(graded.shown("bob"))
    for name, text in texts.items():
        assert not [number for number in asked if number in text], name
        assert "what is " not in text.replace("raise ValueError(f'what is {x}?')", ""), name
        assert "only the grader asks is not right" in text, name
        assert "its verdict and its points only" in text, name
    report = (graded.out / "report" / "students" / "bob.html").read_text()
    assert any(number in report for number in asked)

    graded.set("public")
    graded.grade()
    page = dict(graded.shown("bob"))["feedback"]
    assert "triple(2.5)" in page
    assert "what is 2.5?" in page  # It is asked at the desk too.
    assert "only the grader asks: ValueError" in page
    assert not [number for number in asked if number in page]


def test_a_network_that_the_check_could_not_fill_is_not_said_to_have_stopped() -> None:
    """A weight of another shape: the check raises, and no line of the student's did."""
    error = {
        "type": "OtherWeightsError",
        "message": "The weight `k` has the shape (3,)",
        "ours": "1",
    }
    answer = Observation("raised", error=error)
    result = judge_case(Case(CallFunction(()), Equal(1), "weights"), answer, "network")
    check = SimpleNamespace(where_to_look="Compare the layers.")
    plan = SimpleNamespace(known=(), sealed=(), check=check, cases=())
    told = judging._told_briefly(plan, 0, answer, result).finding  # type: ignore[arg-type]
    assert told is not None
    assert told.brief == (
        "An answer to a case that only the grader asks is not right. Compare the layers."
    )
