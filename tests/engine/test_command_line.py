"""The command line, run as an instructor runs it, on the course that this repository ships."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.sandbox import namespaces_problem
from autograder.source.course import find_course
from autograder.source.mistakes import read_variant, splice
from autograder.source.notebook import read_source

ASSIGNMENT, NOTEBOOK = "a01_layers", "convolution"
ISOLATION = "none" if namespaces_problem() else "namespaces"
MISTAKE = "conv2d_forward/flipped_kernel"


def autograder(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


def write(folder: Path, student: str, notebook: nbformat.NotebookNode) -> None:
    target = folder / student / ASSIGNMENT
    target.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, target / f"{NOTEBOOK}.ipynb")


@pytest.fixture(scope="module")
def submitted(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = find_course(repository)
    folder = tmp_path_factory.mktemp("class") / "submitted"
    source = read_source(course.source(ASSIGNMENT, NOTEBOOK))
    write(folder, "ada", source)
    write(folder, "bob", splice(source, read_variant(course, ASSIGNMENT, NOTEBOOK, MISTAKE)))
    write(folder, "cid", nbformat.read(course.released(ASSIGNMENT, NOTEBOOK), as_version=4))
    return folder


def grade(repository: Path, submitted: Path, *more: object) -> subprocess.CompletedProcess[str]:
    return autograder(
        "--course", repository, "grade", ASSIGNMENT, "--submissions", submitted,
        "--out", submitted.parent / "out", "--isolation", ISOLATION, *more,
    )  # fmt: skip


@pytest.fixture(scope="module")
def graded(repository: Path, submitted: Path) -> subprocess.CompletedProcess[str]:
    return grade(repository, submitted, "--format", "json")


def test_grading_succeeds_and_prints_json(graded: subprocess.CompletedProcess[str]) -> None:
    assert graded.returncode == 0, graded.stderr
    json.loads(graded.stdout)
    assert "[3/3]" in graded.stderr


def test_the_solution_is_full_and_the_release_is_nothing(
    graded: subprocess.CompletedProcess[str], submitted: Path
) -> None:
    records = {}
    for student in ("ada", "bob", "cid"):
        path = submitted.parent / "out" / "results" / student / f"{ASSIGNMENT}.json"
        records[student] = json.loads(path.read_text())
    shares = {
        student: [
            check["score"] / check["points"]
            for notebook in record["notebooks"]
            if notebook["name"] == NOTEBOOK
            for check in notebook["checks"]
        ]
        for student, record in records.items()
    }
    assert set(shares["ada"]) == {1.0}
    assert set(shares["cid"]) == {0.0}
    assert 0 < sum(shares["bob"]) < len(shares["bob"])


def test_feedback_names_the_mistake(
    graded: subprocess.CompletedProcess[str], submitted: Path, repository: Path
) -> None:
    import html

    path = submitted.parent / "out" / "feedback" / "bob" / ASSIGNMENT / f"{NOTEBOOK}.html"
    mistake = read_variant(find_course(repository), ASSIGNMENT, NOTEBOOK, MISTAKE)
    assert mistake.sentence in html.unescape(path.read_text())


def test_a_second_run_grades_nothing(
    graded: subprocess.CompletedProcess[str], repository: Path, submitted: Path
) -> None:
    again = grade(repository, submitted)
    assert again.returncode == 0
    assert "3 unchanged since the last run" in again.stdout
    assert "ada" in again.stdout


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["grade", "a99_nothing", "--submissions", ".", "--out", "o"], "a99_nothing"),
        (["grade", ASSIGNMENT, "--submissions", "nowhere", "--out", "o"], "nowhere"),
        (["grade", ASSIGNMENT, "--submissions", "."], "--out"),
        (["release", "a99_nothing"], "a99_nothing"),
        (["audit", "a99_nothing"], "a99_nothing"),
        (["nonsense"], "nonsense"),
    ],
)
def test_wrong_usage_is_exit_2_and_no_traceback(
    repository: Path, tmp_path: Path, arguments: list[str], expected: str
) -> None:
    ran = autograder("--course", repository, *arguments, cwd=tmp_path)
    assert ran.returncode == 2
    assert expected in ran.stderr
    assert "Traceback" not in ran.stderr


def test_outside_a_course_it_says_so(tmp_path: Path) -> None:
    ran = autograder("release", cwd=tmp_path)
    assert ran.returncode == 2
    assert "No course.toml" in ran.stderr


def test_help_teaches_and_imports_no_framework() -> None:
    program = (
        "import sys; sys.argv = ['autograder', '--help']\n"
        "from autograder.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'tensorflow', 'keras', 'numpy', 'nbformat'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "[]"
    for command in ("release", "grade", "audit", "calibrate", "export", "demo", "doctor"):
        assert command in ran.stdout
        shown = autograder(command, "--help")
        assert shown.returncode == 0
        assert "Usage:" in shown.stdout


def test_the_release_is_up_to_date(repository: Path) -> None:
    # `make lint` looks at every assignment, which takes minutes.
    ran = autograder("--course", repository, "release", "--check", "a00_first_light", "a03_costs")
    assert ran.returncode == 0, ran.stdout
