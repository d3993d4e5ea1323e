"""Public cases at a student's desk: beside the notebook, or in the package that is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from courses.fixture import ASSIGNMENT, NOTEBOOK, environment, make_course

from autograder.records.gradebook import prepare_folder
from autograder.release.write import write_release
from autograder.source.course import Course, find_course
from course_lib.checking.store import INSTALLED, find, freeze, places, thaw


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = make_course(tmp_path_factory.mktemp("course"))
    write_release(course)
    return course


@pytest.fixture
def desk(course: Course, tmp_path: Path) -> Path:
    """A student's folder, outside of every course: the notebook, and what came with it."""
    folder = tmp_path / "Downloads"
    shutil.copytree(course.assignments_dir / ASSIGNMENT, folder)
    return folder


def at_home(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Run a line as a notebook's kernel does, whose folder is the notebook's."""
    code = f"from course_lib import check\n{line}"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
    )


def test_a_check_finds_its_cases_beside_the_notebook(desk: Path) -> None:
    assert {path.name for path in desk.glob("[!.]*")} == {f"{NOTEBOOK}.ipynb", f"{NOTEBOOK}.cases"}
    right = at_home(desk, 'check("tiny_doubled", lambda x: 2 * x)')
    assert right.returncode == 0, right.stderr
    assert "passed" in right.stdout.lower()
    wrong = at_home(desk, 'check("tiny_doubled", lambda x: x)')
    assert "CheckFailed: tiny_doubled: 2 of 2 cases are not right" in wrong.stderr
    # From the folder that holds the assignments, as some editors start a kernel.
    assert at_home(desk.parent, 'check("tiny_guess", 12)').returncode == 0


def test_a_name_that_is_not_known_is_answered_with_those_that_are(desk: Path) -> None:
    with pytest.raises(ValueError, match="tiny_dubbled") as caught:
        find("tiny_dubbled", desk)
    said = str(caught.value)
    assert "Did you mean 'tiny_doubled'?" in said
    assert "Known here: tiny_dense, tiny_doubled, tiny_guess; looked in" in said
    assert str(desk) in said
    assert str(INSTALLED) in said


def test_a_course_that_is_installed_has_its_cases_with_it(repository: Path, tmp_path: Path) -> None:
    course = find_course(repository)
    assert course.cases_dir == INSTALLED
    assert find("conv2d_forward", tmp_path).points > 0
    with pytest.raises(ValueError, match=r"Known here: .* and \d+ more; looked in"):
        find("conv2d_backwards", tmp_path)


def test_what_lies_beside_the_notebook_comes_first(desk: Path, tmp_path: Path) -> None:
    """Also for a notebook in a folder of its own, if a course or a repository is around it."""
    ours = thaw("tiny_guess", desk)
    assert ours is not None
    (desk / f"{NOTEBOOK}.cases").rename(tmp_path / f"{NOTEBOOK}.cases")
    with pytest.raises(ValueError, match="There is no check called 'tiny_guess'"):
        find("tiny_guess", desk)
    (tmp_path / ".git").mkdir()
    assert places(desk) == [desk, tmp_path, INSTALLED]
    assert find("tiny_guess", desk).points == 1
    named_alike = type(ours)("tiny_guess", 7.0, ours.cases)
    (desk / "other.cases").write_bytes(freeze([named_alike]))
    assert find("tiny_guess", desk).points == 7


def test_a_damaged_file_is_named(desk: Path) -> None:
    path = desk / f"{NOTEBOOK}.cases"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    refused = at_home(desk, 'check("tiny_doubled", lambda x: 2 * x)')
    assert f"{path} is damaged" in refused.stderr
    assert "Get it again" in refused.stderr
    (desk / "whole.cases").write_bytes(whole)
    assert at_home(desk, 'check("tiny_doubled", lambda x: 2 * x)').returncode == 0


def test_nbgrader_finds_them_among_the_sources(course: Course, tmp_path: Path) -> None:
    """From `source/` it copies all but notebooks to each submission that it grades."""
    prepare_folder(tmp_path, course, ASSIGNMENT)
    copied = tmp_path / "source" / ASSIGNMENT / f"{NOTEBOOK}.cases"
    assert copied.read_bytes() == course.cases(ASSIGNMENT, NOTEBOOK).read_bytes()
