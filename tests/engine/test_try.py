"""`autograder try`: what an author is told while a check is written."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder._exceptions import CourseError
from autograder.proof.tried import Tried, try_checks
from autograder.source.beginning import write_course
from autograder.source.course import Course, find_course

PLACE = ("a01_beginning", "smoothing")
SHOWN = "solutions/a01_beginning/smoothing"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A new course, not released, whose notebook needs no framework."""
    write_course(tmp_path / "course", framework=False)
    return find_course(tmp_path / "course")


def edit(path: Path, old: str, new: str) -> int:
    """Replace a piece of a file; returns the number of its line."""
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    return text[: text.index(old)].count("\n") + 1


def tried(course: Course, check: str = "") -> dict[str, Tried]:
    return {found.name: found for found in try_checks(course, *PLACE, check)}


def command(course: Course, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "autograder", "--course", str(course.root), "try", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_everything_that_is_known_of_a_check_is_tried(course: Course) -> None:
    found = tried(course)
    assert {name: f.record.score for name, f in found.items() if f.record} == {
        "solution": 3,
        "release": 0,
        "answers/cumulative_sums": 3,
        "smoothing_average/last_window_missing": 0,
        "smoothing_average/sum": 0,
    }
    assert [f.wrong for f in found.values() if f.wrong] == []
    assert [result.outcome for _, result in found["solution"].cases] == ["passed"] * 4
    hint = found["smoothing_average/sum"].record.findings[0].hint
    assert hint == "You return sums. Divide each by `width` to make it a mean."
    assert not course.assignments_dir.exists()


def test_a_course_with_a_network_is_tried_too(tmp_path: Path) -> None:
    write_course(tmp_path / "course")
    found = tried(find_course(tmp_path / "course"), "smoothing_classifier")
    assert list(found) == ["solution", "release", "smoothing_classifier/linear"]
    assert [f.wrong for f in found.values() if f.wrong] == []


def test_the_command_shows_each_case(course: Course) -> None:
    done = command(course, "a01_beginning/smoothing", "smoothing_average")
    assert done.returncode == 0, done.stderr
    assert "without a sandbox" in done.stderr
    assert "a window as wide as the signal │ passed" in done.stdout
    assert re.search(r"answers/cumulative_sums +│ 3 of 3 +│ +│ right", done.stdout)
    assert "All is right." in done.stdout


def test_what_is_not_as_it_must_be_is_red(course: Course) -> None:
    """A check that is too weak for a mistake, and one that calls a right answer wrong."""
    checks = course.checks(*PLACE)
    edit(checks, "    for _ in range(3):", "    for _ in ():")
    edit(checks, 'label="a window as', 'atol=99.0, label="a window as')
    found = tried(course, "smoothing_average")
    assert found["smoothing_average/sum"].wrong == ["smoothing_average keeps its points"]
    done = command(course, "a01_beginning/smoothing")
    assert done.returncode == 1
    # In the one case that is left another mistake returns nothing, which is no evidence for it.
    assert "2 of 5 are not as they must be." in done.stdout


MISTAKES = [
    ("checks.py", 'label="a window as', 'lable="a window as', "TypeError.*'label'.*required arg"),
    ("checks.py", "draw.integer(2, 5)", "drow.integer(2, 5)", "NameError.*'drow'.*Define it"),
    ("checks.py", "= reference.moving_average(signal, 6)", "= reference.moving_averag(signal, 6)",
     r"AttributeError.*Did you mean 'moving_average'\? Known: check, moving_average"),
    ("checks.py", "range(3):", "range(3)", "SyntaxError: expected ':'.*brackets, colons"),
    ("checks.py", "import call, check", "import cal, check", "ImportError: .*'cal'.*correct its"),
    ("notebook.py", "starts = range(len(signal)", "starts = rnge(len(signal)", "NameError.*'rnge'"),
    ("notebook.py", "import numpy as np", "import nump as np", "ModuleNotFoundError.*Install what"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), MISTAKES)
def test_a_mistake_has_its_file_line_and_remedy(
    course: Course, file: str, old: str, new: str, said: str
) -> None:
    line = edit(course.folder(*PLACE) / file, old, new)
    with pytest.raises(CourseError, match=said) as caught:
        try_checks(course, *PLACE, "smoothing_average")
    assert "\n" not in str(caught.value)
    # Python names the line on which a call begins.
    where = re.match(rf"{SHOWN}/{file}, line (\d+)", str(caught.value))
    assert where is not None, str(caught.value)
    assert line - 4 <= int(where[1]) <= line


def test_what_is_no_case_is_named(course: Course) -> None:
    edit(course.checks(*PLACE), "yield call(signal, 6, expected", "yield dict(expected")
    with pytest.raises(CourseError, match=r"smoothing/checks.py: moving_average must yield cases"):
        try_checks(course, *PLACE)


def test_it_is_told_at_once(course: Course) -> None:
    """Without a framework, even if the notebook imports one; what takes time is that import."""
    edit(course.source(*PLACE), "import matplotlib", "import keras\nimport matplotlib")
    edit(course.checks(*PLACE), "draw.integer(2, 5)", "drow.integer(2, 5)")
    program = (
        "import atexit, sys\n"
        "atexit.register(lambda: print('keras.src' in sys.modules, 'tensorflow' in sys.modules))\n"
        "from autograder.__main__ import main; main()"
    )
    arguments = ["--course", str(course.root), "try", "a01_beginning/smoothing"]
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert f"autograder: {SHOWN}/checks.py, line 9: NameError" in done.stderr
    assert done.stdout == "False False\n"


def test_a_name_that_is_not_there_is_answered_with_those_that_are(course: Course) -> None:
    with pytest.raises(CourseError, match=r"no graded cell 'average'\. Known: smoothing_average"):
        try_checks(course, *PLACE, "average")
    with pytest.raises(CourseError, match=r"no notebook 'smooth'\. Known: smoothing"):
        try_checks(course, "a01_beginning", "smooth")
    done = command(course, "a01_beginning")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        "autograder: Name a notebook: a01_beginning/smoothing.",
    )


def test_a_training_is_left_to_the_audit(repository: Path) -> None:
    (found,) = try_checks(find_course(repository), "a06_deeper", "resnet", "resnet_weights")
    assert found.record is None
    assert "autograder audit" in found.name
