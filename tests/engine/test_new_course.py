"""A course of one's own, made in an empty folder with the package installed as a wheel."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
from wheel import Installed

from autograder._exceptions import CourseError
from autograder.sandbox import namespaces_problem
from autograder.source.beginning import write_course, write_notebook
from autograder.source.course import Course, find_course
from autograder.source.mistakes import read_variant, splice
from autograder.source.notebook import is_graded, read_source

ISOLATION = ("--isolation", "none" if namespaces_problem() else "namespaces")
needs_namespaces = pytest.mark.skipif(
    namespaces_problem() is not None, reason=f"no namespaces here: {namespaces_problem()}"
)
FIRST = ("a01_beginning", "smoothing")
LOOK = """
import re, sys
maps = re.findall(r"site-packages/(\\w+)/", open("/proc/self/maps").read())
started = {"keras", "tensorflow", "jax", "torch"} & {*sys.modules, *maps}
print("started", sorted(started), "numpy" in sys.modules)
"""
CASES = """
import pathlib, course_lib
found = [str(p) for p in pathlib.Path("/").rglob("*.cases") if not p.is_relative_to("/proc")]
print("cases", found, course_lib.__file__)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("installed"))


@pytest.fixture(scope="module")
def course(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A new course, released."""
    empty = tmp_path_factory.mktemp("empty")
    installed.autograder("new", "course", "signals", "--title", 'Signals & "nets"', cwd=empty)
    released = installed.autograder("release", cwd=empty / "signals")
    assert "wrote assignments/a01_beginning/smoothing.cases" in released.stdout
    return find_course(empty / "signals")


def hand_in(course: Course, student: str, place: tuple[str, str], notebook: object) -> None:
    assignment, name = place
    target = course.root / "submitted" / student / assignment
    target.mkdir(parents=True)
    nbformat.write(notebook, target / f"{name}.ipynb")


def scores(course: Course, assignment: str) -> dict[str, float]:
    found = (course.root / "graded" / "results").glob(f"*/{assignment}.json")
    return {path.parent.name: json.loads(path.read_text())["score"] for path in found}


def printed(course: Course, student: str, place: tuple[str, str]) -> str:
    """What a graded notebook's first cell printed."""
    assignment, name = place
    path = course.root / "graded" / "autograded" / student / assignment / f"{name}.ipynb"
    return "".join(o.get("text", "") for o in nbformat.read(path, as_version=4).cells[0].outputs)


def with_cell(notebook: nbformat.NotebookNode, code: str) -> nbformat.NotebookNode:
    notebook = nbformat.from_dict(notebook)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(code, id="before"))
    return notebook


def test_what_runs_is_the_wheel(installed: Installed, course: Course) -> None:
    where = "import autograder, course_lib; print(autograder.__file__); print(course_lib.__file__)"
    told = installed.python("-c", where, cwd=course.root)
    for line in told.stdout.split():
        assert Path(line).is_relative_to(installed.packages)
    assert "version 0." in installed.autograder("--version", cwd=course.root).stdout


def test_the_audit_of_a_new_course_is_green(installed: Installed, course: Course) -> None:
    assert "Up to date" in installed.autograder("release", "--check", cwd=course.root).stdout
    audit = installed.autograder("audit", *ISOLATION, cwd=course.root)
    assert "6 of 6 as they must be" in audit.stdout
    assert "3 of 3 recognised by their cause" in audit.stdout
    assert "The audit is green." in audit.stdout


def at_home(
    installed: Installed, course: Course, place: tuple[str, str], home: Path, *mistakes: str
) -> subprocess.CompletedProcess[str]:
    """A student's kernel, where only the assignment was copied: the solved notebook's cells.

    Then the student thinks again: the cells that mistakes change, and all checks once more.
    """
    assignment, name = place
    shutil.copytree(course.assignments_dir / assignment, home)
    solved = read_source(course.source(assignment, name))
    cells = [cell.source for cell in solved.cells if cell.cell_type == "code"]
    for mistake in mistakes:
        cells += read_variant(course, assignment, name, mistake).cells.values()
        cells += [cell.source for cell in solved.cells if is_graded(cell)]
    return installed.python("-c", "\n\n".join(cells), cwd=home)


def test_a_student_checks_at_home(installed: Installed, course: Course, tmp_path: Path) -> None:
    home = tmp_path / "home"
    told = at_home(installed, course, FIRST, home, "smoothing_average/sum")
    assert told.stdout.count("PASSED") == 2, told.stderr
    assert "NOT YET  smoothing_average: 0 of 4 cases right" in told.stdout
    assert "CheckFailed: smoothing_average: 4 of 4 cases are not right" in told.stderr
    assert "Divide each by `width`" in told.stderr


@needs_namespaces
def test_a_class_is_graded_and_reported(installed: Installed, course: Course) -> None:
    source = read_source(course.source(*FIRST))
    sum_ = read_variant(course, *FIRST, "smoothing_average/sum")
    hand_in(course, "ada", FIRST, source)
    hand_in(course, "bob", FIRST, splice(source, sum_))
    hand_in(course, "cleo", FIRST, nbformat.read(course.released(*FIRST), as_version=4))
    hand_in(course, "dora", FIRST, with_cell(source, CASES))
    grade = ("grade", FIRST[0], "--submissions", "submitted", "--out", "graded")
    installed.autograder(*grade, *ISOLATION, cwd=course.root)
    assert scores(course, FIRST[0]) == {"ada": 6, "bob": 3, "cleo": 0, "dora": 6}
    report = (course.root / "graded" / "report" / "index.html").read_text()
    for said in ("ada", "bob", "cleo", "Signals &amp;", "Divide each by <code>width"):
        assert said in report
    # Expected values are nowhere in the sandbox: not this course's, nor those in the wheel.
    assert (installed.packages / "course_lib" / "cases").is_dir()
    assert printed(course, "dora", FIRST).startswith("cases [] /")


@needs_namespaces
def test_a_second_notebook_without_a_framework(
    installed: Installed, course: Course, tmp_path: Path
) -> None:
    """It is released and graded beside the first, and nothing starts a framework for it."""
    place = ("a02_more", "edges")
    new = ("new", "notebook", "a02_more/edges", "--without-framework")
    assert "wrote solutions/a02_more/edges/checks.py" in (
        installed.autograder(*new, cwd=course.root).stdout
    )
    released = installed.autograder("release", cwd=course.root)
    assert "a02_more/edges.ipynb" in released.stdout
    assert "a01_beginning" not in released.stdout
    audit = installed.autograder("audit", "a02_more", *ISOLATION, cwd=course.root)
    assert "5 of 5 as they must be" in audit.stdout
    source = read_source(course.source(*place))
    hand_in(course, "ada", place, with_cell(source, LOOK))
    grade = ("grade", "a02_more", "--submissions", "submitted", "--out", "graded")
    installed.autograder(*grade, *ISOLATION, cwd=course.root)
    assert scores(course, "a02_more") == {"ada": 3}
    assert printed(course, "ada", place).startswith("started [] True")
    assert at_home(installed, course, place, tmp_path / "home").stdout.count("PASSED") == 1


@pytest.mark.slow
@needs_namespaces
def test_the_demo_and_the_attacks(installed: Installed, course: Course, repository: Path) -> None:
    demo = installed.autograder("demo", cwd=course.root)
    assert "A class of 10 hands in a01_beginning/smoothing" in demo.stdout
    assert "mallory" in (course.root / "demo" / "report" / "index.html").read_text()
    attacks = ("audit", "--attacks", "a01_beginning")
    refused = installed.autograder(*attacks, cwd=course.root, code=2)
    assert "Name that folder with --corpus" in refused.stderr
    corpus = ("--corpus", repository / "tests" / "attacks", "--only", "returns_zeros")
    tried = installed.autograder(*attacks, *corpus, cwd=course.root)
    assert "tried 1, points gained 0, other students affected 0" in tried.stdout


# What is refused


def test_an_existing_folder_is_no_place_for_a_course(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="exists already"):
        write_course(tmp_path)
    with pytest.raises(CourseError, match=r"no folder .*missing"):
        write_course(tmp_path / "missing" / "course")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "place",
    ["edges", "a2_more/edges", "a02_more/", "a02_more/two-words", "a02_more/class",
     "a02_more/edges/again", "../a02_more/edges", "a02_more/Edges", "a02_/edges"],
)  # fmt: skip
def test_a_notebook_has_a_place_that_python_can_name(place: str, tmp_path: Path) -> None:
    write_course(tmp_path / "course")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(CourseError, match=r"aNN_topic/name, .* Received: ") as caught:
        write_notebook(find_course(tmp_path / "course"), place)
    assert "\n" not in str(caught.value)
    assert sorted(tmp_path.rglob("*")) == before


def test_names_of_checks_are_unique_in_the_course(tmp_path: Path) -> None:
    write_course(tmp_path / "course")
    course = find_course(tmp_path / "course")
    with pytest.raises(CourseError, match="a01_beginning/smoothing exists already"):
        write_notebook(course, "a01_beginning/smoothing")
    write_notebook(course, "a02_more/smoothing")
    assert [p.stem for p in course.mistakes("a02_more", "smoothing")] == [
        "a02_more_smoothing_average",
        "a02_more_smoothing_classifier",
    ]
