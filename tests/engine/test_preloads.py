"""What the sandbox imports beforehand: found by syntax, and refused if there is no such module."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder._exceptions import CourseError
from autograder.grading.preloads import preloads
from autograder.release.write import write_release
from autograder.source.beginning import FIRST, write_course
from autograder.source.course import Course, find_course

ASSIGNMENT = FIRST[0]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A new course whose notebook needs no framework."""
    folder = tmp_path_factory.mktemp("courses") / "course"
    write_course(folder, framework=False)
    write_release(find_course(folder))
    return find_course(folder)


@pytest.fixture
def course(released: Course, tmp_path: Path) -> Course:
    """A copy of it."""
    return find_course(shutil.copytree(released.root, tmp_path / "course"))


@pytest.mark.parametrize(
    ("line", "imported"),
    [
        ("import matplotlib.pyplot as plt", False),
        ("import keras", True),
        ("import numpy, keras.layers as layers", True),
        ("from keras import layers", True),
        ("def later():\n    from keras.layers import Dense", True),
        ("from kerastuner import layers", False),
        ("text = 'import keras'", False),
    ],
)
def test_keras_is_imported_for_a_notebook_that_imports_it(
    course: Course, line: str, imported: bool
) -> None:
    path = course.released(*FIRST)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(line, id="added"))
    nbformat.write(notebook, path)
    assert ("keras" in preloads(course, ASSIGNMENT)) == imported


def configured(course: Course, *preload: str) -> Course:
    """The course with these modules in its settings."""
    with (course.root / "course.toml").open("a") as settings:
        settings.write(f"\n[sandbox]\npreload = {json.dumps(preload)}\n")
    return find_course(course.root)


@pytest.mark.parametrize(
    "name", ["numpi", "numpy.lynalg", "course_lib.plotz", "course_lib.data.no_such.thing"]
)
def test_a_module_that_there_is_not_is_refused(course: Course, name: str) -> None:
    with pytest.raises(CourseError, match=rf"\[sandbox\] preload: there is no module '{name}'"):
        preloads(configured(course, "numpy.linalg", name), ASSIGNMENT)


def test_a_class_may_be_named_too(course: Course) -> None:
    found = preloads(configured(course, "pathlib.Path", "json"), ASSIGNMENT)
    assert found[:2] == ("pathlib.Path", "json")


def test_an_assignment_without_a_check_has_nothing_to_attack(
    course: Course, repository: Path
) -> None:
    """One line says so; checks that judge a training are left out in the same way."""
    folder = course.folder(*FIRST)
    head, _, rest = folder.joinpath("notebook.py").read_text().partition("# %% nbgrader=")
    question = rest[rest.index("# %% [markdown]") :]
    folder.joinpath("notebook.py").write_text(head + question)
    folder.joinpath("checks.py").write_text("")
    for name in ("mistakes", "answers"):
        shutil.rmtree(folder / name)
    write_release(course)
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "--course", course.root, "audit", "--attacks",
         "--corpus", repository / "tests" / "attacks", "--isolation", "none"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert f"{ASSIGNMENT}: nothing was attacked." in done.stdout, done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
