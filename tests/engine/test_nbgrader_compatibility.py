"""nbgrader's own commands on our releases and results, as an instructor types them."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
from courses.fixture import (
    ASSIGNMENT,
    NOTEBOOK,
    environment,
    hand_in,
    make_course,
    record,
    solved,
)
from nbgrader.apps.api import NbGraderAPI
from nbgrader.utils import determine_grade
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.records.autograded import autograded_notebook
from autograder.records.files import write_atomically
from autograder.records.gradebook import GradebookWriter, prepare_folder
from autograder.release.write import write_release
from autograder.source.course import Course

# Says something in each of the ways that reach a cell's standard error.
NOISY = """\
def tiny_dense(x, kernel, bias):
    import logging, os, sys, warnings

    warnings.warn("a warning")
    logging.getLogger("tensorflow").warning("a log record")
    print("a debugging print", file=sys.stderr)
    os.write(2, b"a message from C++\\n")
    return keras.ops.convert_to_numpy(keras.ops.matmul(x, kernel) + bias)
"""
NOT_DOUBLED = """\
def tiny_doubled(x):
    return x
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = make_course(tmp_path_factory.mktemp("course"))
    write_release(course)
    prepare_folder(course.root, course, ASSIGNMENT)
    return course


@pytest.fixture(scope="module")
def environ(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return environment(tmp_path_factory.mktemp("home"))


def nbgrader(folder: Path, environ: dict[str, str], *arguments: str) -> str:
    """What a command prints; it must succeed."""
    done = subprocess.run(
        ["nbgrader", *arguments],
        cwd=folder,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def exported(folder: Path, environ: dict[str, str]) -> dict[str, tuple[float, float]]:
    """`(score, max_score)` by student, from `nbgrader export`."""
    nbgrader(folder, environ, "export", "--to", "scores.csv")
    with open(folder / "scores.csv", newline="") as stream:
        return {
            row["student_id"]: (float(row["score"]), float(row["max_score"]))
            for row in csv.DictReader(stream)
        }


def test_plain_nbgrader_grades_a_release(course: Course, environ: dict[str, str]) -> None:
    hand_in(course.root, "alice", solved(course, tiny_dense_solution=NOISY))
    wrong = solved(course, tiny_doubled_solution=NOT_DOUBLED)
    # Without Keras the third check fails too, and the test is ten seconds shorter.
    wrong.cells[1].source = "from course_lib.checking import check"
    hand_in(course.root, "bob", wrong)
    nbgrader(course.root, environ, "autograde", ASSIGNMENT)
    assert exported(course.root, environ) == {"alice": (6.0, 6.0), "bob": (1.0, 6.0)}
    path = course.root / "autograded" / "alice" / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    (cell,) = (c for c in nbformat.read(path, as_version=4).cells if c.id == "tiny_dense")
    # The student still sees what her own code said; it is only not held against her.
    printed = "".join(o.text for o in cell.outputs if o.output_type == "stream")
    assert "a warning" in printed
    assert "a debugging print" in printed
    assert "a message from C++" not in printed
    # At a desk a red card does not stop the cells below; here it is an error, and costs the points.
    path = course.root / "autograded" / "bob" / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    (failed,) = (c for c in nbformat.read(path, as_version=4).cells if c.id == "tiny_doubled")
    assert [o.ename for o in failed.outputs if o.output_type == "error"] == ["CheckFailed"]
    assert determine_grade(failed) == (0, 2.0)
    # Had a word of it come by standard error, nbgrader would give nothing.
    cell.outputs.append(nbformat.v4.new_output("stream", name="stderr", text="a warning"))
    assert determine_grade(cell) == (0, 3.0)


def test_plain_nbgrader_validates_a_solved_notebook(
    course: Course, environ: dict[str, str], tmp_path: Path
) -> None:
    shutil.copy(course.cases(ASSIGNMENT, NOTEBOOK), tmp_path)
    path = tmp_path / f"{NOTEBOOK}.ipynb"
    nbformat.write(solved(course, tiny_dense_solution=NOISY), path)
    said = nbgrader(tmp_path, environ, "validate", path.name)
    assert "Your notebook passes all the tests" in said


def test_plain_nbgrader_names_a_wrong_answer(
    course: Course, environ: dict[str, str], tmp_path: Path
) -> None:
    shutil.copy(course.cases(ASSIGNMENT, NOTEBOOK), tmp_path)
    wrong = solved(course, tiny_doubled_solution=NOT_DOUBLED)
    wrong.cells = [cell for cell in wrong.cells if "tiny_dense" not in cell.id]
    wrong.cells[1].source = "from course_lib.checking import check\nimport numpy as np"
    nbformat.write(wrong, tmp_path / f"{NOTEBOOK}.ipynb")
    said = nbgrader(tmp_path, environ, "validate", f"{NOTEBOOK}.ipynb")
    assert "VALIDATION FAILED ON 1 CELL" in said
    assert "CheckFailed: tiny_doubled: 2 of 2 cases are not right." in said


@pytest.fixture(scope="module")
def graded(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder as `autograder grade` leaves it."""
    out = tmp_path_factory.mktemp("graded")
    (out / "gradebook.db").write_bytes((course.root / "gradebook.db").read_bytes())
    releases = course.releases(ASSIGNMENT)
    records = [
        record("alice", 2.0, 3.0, 1.0),
        record("bob", 2.0, 1.5, 0.0),
        record("carol", 2.0, None, 1.0),
    ]
    for item in records:
        notebook = solved(course)
        notebook.cells[0].source += "\n\n<script>alert('text')</script>"
        notebook.cells[1].outputs = [
            nbformat.v4.new_output("display_data", {"text/html": "<script>alert('out')</script>"})
        ]
        forged = {"grade": True, "grade_id": "x", "locked": False, "points": 9, "solution": True}
        notebook.cells.append(
            nbformat.v4.new_code_cell("0", metadata={"nbgrader": forged | {"schema_version": 3}})
        )
        path = out / "autograded" / item.student / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
        marked = autograded_notebook(notebook, item, releases[NOTEBOOK])
        write_atomically(path, nbformat.writes(marked) + "\n")
        with GradebookWriter(out / "gradebook.db", course) as gradebook:
            gradebook.register(ASSIGNMENT, releases)
            gradebook.record(item)
    prepare_folder(out, course, ASSIGNMENT, [item.student for item in records])
    return out


def test_export_gives_our_scores(graded: Path, environ: dict[str, str]) -> None:
    assert exported(graded, environ) == {
        "alice": (6.0, 6.0),
        "bob": (3.5, 6.0),
        "carol": (3.0, 6.0),
    }


def test_generate_feedback_shows_scores_and_findings(graded: Path, environ: dict[str, str]) -> None:
    nbgrader(graded, environ, "generate_feedback", ASSIGNMENT)
    pages = {
        student: (graded / "feedback" / student / ASSIGNMENT / f"{NOTEBOOK}.html").read_text()
        for student in ("alice", "bob", "carol")
    }
    assert "(Score: 6.0 / 6.0)" in pages["alice"]
    assert "(Score: 3.5 / 6.0)" in pages["bob"]
    assert "Look at the <code>bias</code>." in pages["bob"]
    assert "Look at the <code>bias</code>." not in pages["alice"]
    assert "it will be graded again" in pages["carol"]
    assert "it will be graded again" not in pages["bob"]
    for page in pages.values():
        assert "<script>alert" not in page
        assert "&lt; script&gt;alert('text')" in page or "&lt; script>alert('text')" in page


def test_formgrader_lists_assignment_and_submissions(graded: Path) -> None:
    config: Config = PyFileConfigLoader("nbgrader_config.py", path=str(graded)).load_config()
    api = NbGraderAPI(config=config)
    assert api.coursedir.root == str(graded)
    (assignment,) = api.get_assignments()
    assert (assignment["name"], assignment["max_score"]) == (ASSIGNMENT, 6.0)
    assert assignment["num_submissions"] == 3
    submissions = api.get_submissions(ASSIGNMENT)
    assert [(s["student"], s["score"], s["autograded"]) for s in submissions] == [
        ("alice", 6.0, True),
        ("bob", 3.5, True),
        ("carol", 3.0, True),
    ]
    assert [s["student"] for s in submissions if s["needs_manual_grade"]] == ["carol"]
    notebooks = api.get_notebook_submissions(ASSIGNMENT, NOTEBOOK)
    assert {n["student"]: n["failed_tests"] for n in notebooks} == {
        "alice": False,
        "bob": True,
        "carol": False,
    }
