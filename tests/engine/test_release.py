"""What students get: built by nbgrader's converter, complete, and nothing of a solution in it."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
import numpy as np
import pytest
from courses.fixture import ASSIGNMENT, NOTEBOOK, edit, make_course
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import compute_checksum

from autograder._exceptions import CourseError
from autograder.release.lock import LOCK
from autograder.release.write import build_release, check_release, write_release
from autograder.source.course import Course, find_course
from autograder.source.mistakes import read_variants
from autograder.source.notebook import is_graded, marks
from course_lib.checking import judge_case, judge_cases, run_probe
from course_lib.checking.causes import frozen as known_mistakes
from course_lib.checking.expectations import Equal
from course_lib.checking.store import contents, freeze, known_checks, thaw

CASES = f"assignments/{ASSIGNMENT}/{NOTEBOOK}.cases"
RELEASED = f"assignments/{ASSIGNMENT}/{NOTEBOOK}.ipynb"
REAL = find_course(Path(__file__).parent)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return make_course(tmp_path)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = make_course(tmp_path_factory.mktemp("released"))
    write_release(course)
    return course


def test_a_release_is_the_same_every_time(course: Course, released: Course) -> None:
    files = build_release(course, ASSIGNMENT)
    assert files == build_release(course, ASSIGNMENT)
    assert set(files) == {RELEASED, CASES}
    # Each check's cases and their arrays, in the notebook's order.
    assert zipfile.ZipFile(io.BytesIO(files[CASES])).namelist() == [
        "tiny_doubled.json", "tiny_doubled.safetensors",
        "tiny_dense.json", "tiny_dense.safetensors",
        "tiny_guess.json",
    ]  # fmt: skip
    for path, content in files.items():
        assert (released.root / path).read_bytes() == content, path


def test_the_notebook_is_what_nbgrader_makes(released: Course) -> None:
    notebook = nbformat.read(released.released(ASSIGNMENT, NOTEBOOK), as_version=4)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    assert set(notebook.metadata) == {"kernelspec"}
    for cell in notebook.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        assert set(cell.metadata) <= {"nbgrader", "deletable", "editable", "tags"}
        if cell.cell_type == "code":
            # What can stop for want of an answer does not stop the rest; the imports do.
            tags = cell.metadata.get("tags", [])
            assert ("raises-exception" in tags) == (cell.id != notebook.cells[1].id)
        if marks(cell):
            assert cell.metadata.nbgrader.schema_version == 3
            assert cell.metadata.nbgrader.checksum == compute_checksum(cell)
            assert cell.metadata.deletable is False
        if is_graded(cell):
            assert cell.metadata.editable is False
    sources = {marks(c)["grade_id"]: c.source for c in notebook.cells if marks(c)}
    assert sources["tiny_dense_solution"] == (
        "def tiny_dense(x, kernel, bias):\n"
        '    """A fully connected layer."""\n'
        "    # YOUR CODE HERE\n"
        "    raise NotImplementedError()"
    )
    assert sources["tiny_dense"] == 'check("tiny_dense", tiny_dense)'


def test_public_cases_judge_like_the_real_ones(released: Course) -> None:
    public = thaw("tiny_dense", released.cases_dir)
    assert public is not None
    assert public.points == 3.0

    def right(x, kernel, bias):  # type: ignore[no-untyped-def]
        return x @ kernel + bias

    def without_bias(x, kernel, bias):  # type: ignore[no-untyped-def]
        return x @ kernel

    no_bias = public.cases[1]
    for case in public.cases:
        assert judge_case(case, run_probe(case.probe, right), "tiny_dense").outcome == "passed"
    answers = [run_probe(case.probe, without_bias) for case in public.cases]
    result, _ = judge_cases(
        public.cases, answers, "tiny_dense", lambda: known_mistakes(public.cases)
    )
    assert result.finding is not None
    assert result.finding.recognised
    assert result.finding.hint == "You forgot the bias: add `bias` to the product."
    # A mistake that makes no difference on a case is not kept for it.
    assert no_bias.mistakes == ()
    # Nor one that cannot be recognised by value.
    doubled = thaw("tiny_doubled", released.cases_dir)
    assert doubled is not None
    assert [case.mistakes for case in doubled.cases] == [(), ()]
    assert doubled.cases[0].slide == "Lecture 0, Numbers"


_GRADED = '"grade_id": "tiny_guess", "locked": true, "points": 1'


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"grade_id": "tiny_guess",', '"grade_id": "tiny_gess",', r"'tiny_gess'.*must check what"),
        (
            f'{_GRADED}, "schema_version": 3, "solution": false, "task": false}}\n'
            'check("tiny_guess", tiny_guess)',
            '"grade_id": "other", "locked": true, "points": 1, "schema_version": 3, '
            '"solution": false, "task": false}\ncheck("other", tiny_guess)',
            r"'other' is graded, but there is no check of this name. Known here: tiny_dense",
        ),
        (
            f'"grade": true, {_GRADED}',
            '"grade": false, "grade_id": "tiny_guess", "locked": true',
            r"Check 'tiny_guess' has no graded cell in solutions/a00_fixture/fixture/notebook.py",
        ),
        (
            '"grade_id": "tiny_guess_solution"',
            '"grade_id": "tiny_dense_solution"',
            r"'tiny_dense_solution': this grade_id stands twice",
        ),
        (', "points": 1', "", r"'tiny_guess' is graded, but its points are missing"),
        ('"points": 1', '"points": -1', r"'tiny_guess'.*points=-1"),
        (
            'check("tiny_guess", tiny_guess)',
            'answer = tiny_guess\ncheck("tiny_guess", answer)',
            r"'tiny_guess': A graded cell holds one call",
        ),
        (
            'check("tiny_guess", tiny_guess)',
            'check("tiny_dense", tiny_guess)',
            r"'tiny_guess': the cell must check what its grade_id names",
        ),
        ('check("tiny_guess", tiny_guess)', "check(", r"cell 'tiny_guess': "),
        (
            "### BEGIN SOLUTION\ntiny_guess = 12\n### END SOLUTION",
            "tiny_guess = 12",
            r"'tiny_guess_solution' is a solution cell without ### BEGIN SOLUTION",
        ),
        (
            "tiny_guess = 12\n### END SOLUTION",
            "tiny_guess = 12",
            r"'tiny_guess_solution': ### END SOLUTION is missing",
        ),
        (
            '"grade_id": "tiny_guess_solution", "locked": false, "schema_version": 3, '
            '"solution": true',
            '"grade_id": "tiny_guess_solution", "locked": true, "schema_version": 3, '
            '"solution": false',
            r"'tiny_guess_solution' holds a solution, but is not marked",
        ),
        (
            f'{_GRADED}, "schema_version": 3, "solution": false, "task": false',
            f'{_GRADED}, "schema_version": 3, "solution": false, "task": true',
            r"'tiny_guess' is a task cell",
        ),
        ("tiny_guess = 12", "tiny_guess = 1 / 0", r"fixture/notebook.py.* ZeroDivisionError"),
    ],
)
def test_a_wrong_source_is_named(course: Course, old: str, new: str, complaint: str) -> None:
    edit(course, old, new)
    with pytest.raises(CourseError, match=complaint) as caught:
        build_release(course, ASSIGNMENT)
    assert f"solutions/{ASSIGNMENT}/{NOTEBOOK}/notebook.py" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_check_name_is_unique_in_the_course(course: Course) -> None:
    twin = course.source("a01_twin", "twin")
    twin.parent.mkdir(parents=True)
    twin.write_text(course.source(ASSIGNMENT, NOTEBOOK).read_text())
    with pytest.raises(
        CourseError,
        match=r"a01_twin/twin/notebook.py, cell 'tiny_doubled'.*fixture/notebook.py too",
    ):
        build_release(course, ASSIGNMENT)


_MISTAKE = 'change("new", "product + bias", "product", say="Add the bias.")'


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            _MISTAKE.replace("say=", 'fails=("tiny_danse",), say='),
            "mistakes/tiny_dense.py: 'tiny_dense/new' fails 'tiny_danse', which is no check",
        ),
        (
            _MISTAKE.replace("product + bias", "product - bias"),
            "mistakes/tiny_dense.py: mistake 'tiny_dense/new': its text must stand exactly once in "
            "the solution in solutions/a00_fixture/fixture/notebook.py; found 0 times",
        ),
        (_MISTAKE.replace("product + bias", "product"), "found 2 times: 'product'"),
        (_MISTAKE.replace('"product + bias", ', ""), "a name and pairs of old and new text"),
        (_MISTAKE.replace('"product",', '"product +",'), "what comes out is no Python"),
        (_MISTAKE.replace("say=", "sey="), "unknown argument 'sey'"),
        (_MISTAKE.replace('"Add the bias."', "sentence"), "a mistake is read, not run"),
        ("tiny_dense = 3", "line 3: expected change"),
        (f"{_MISTAKE}\n{_MISTAKE}", "mistake 'tiny_dense/new' stands twice"),
        ('instead("new", say="Other.")\nunknown = 3', "defines no name that a solution cell"),
    ],
)
def test_a_wrong_mistake_is_named(course: Course, text: str, complaint: str) -> None:
    path = course.folder(ASSIGNMENT, NOTEBOOK) / "mistakes" / "tiny_dense.py"
    path.write_text(f'"""Mistakes in `tiny_dense`."""\n\n{text}\n')
    with pytest.raises(CourseError, match=re.escape(complaint)) as caught:
        build_release(course, ASSIGNMENT)
    assert "\n" not in str(caught.value)


@pytest.fixture
def gradebook(course: Course, released: Course) -> None:
    """A gradebook in the course: nbgrader needs a second or two to make a new one."""
    shutil.copy(released.root / "gradebook.db", course.root / "gradebook.db")


@pytest.mark.usefixtures("gradebook")
def test_what_is_out_of_date_is_named_and_put_right(course: Course) -> None:
    assert f"{RELEASED} is missing" in check_release(course)
    assert RELEASED in write_release(course)
    assert check_release(course) == []
    assert write_release(course) == []

    edit(course, "A tiny notebook", "A small notebook")
    (course.assignments_dir / ASSIGNMENT / "gone.cases").write_text("")
    (course.assignments_dir / ASSIGNMENT / "gone.ipynb").write_text("{}")
    orphan = course.assignments_dir / "a99_gone" / "gone.ipynb"
    orphan.parent.mkdir()
    orphan.write_text("{}")
    assert check_release(course, [ASSIGNMENT]) == [
        f"assignments/{ASSIGNMENT}/fixture.ipynb is changed",
        f"assignments/{ASSIGNMENT}/gone.cases is stale",
        f"assignments/{ASSIGNMENT}/gone.ipynb is stale",
    ]
    assert "assignments/a99_gone/gone.ipynb is stale" in check_release(course)
    write_release(course)
    assert check_release(course) == []
    assert not orphan.parent.exists()


@pytest.mark.usefixtures("gradebook")
def test_rounding_of_another_processor_is_no_change(course: Course) -> None:
    write_release(course)
    path = course.root / CASES
    checks = [thaw(name, course.cases_dir) for name in ("tiny_doubled", "tiny_dense", "tiny_guess")]

    def write(off: Callable[[np.ndarray], np.ndarray], rtol: float = 1e-4) -> None:
        changed = []
        for check in checks:
            assert check is not None
            cases = []
            for case in check.cases:
                expects = case.expects
                if isinstance(expects, Equal):
                    value = expects.value
                    value = off(value) if isinstance(value, np.ndarray) else value
                    expects = replace(expects, value=value, rtol=rtol)
                cases.append(replace(case, expects=expects))
            changed.append(replace(check, cases=tuple(cases)))
        path.write_bytes(freeze(changed))

    write(lambda array: np.nextafter(array, np.inf))
    assert check_release(course) == []
    write(lambda array: array + np.float32(0.01))
    assert check_release(course) == [f"{CASES} is changed"]
    write(lambda array: array, rtol=2e-4)
    assert check_release(course) == [f"{CASES} is changed"]


def test_tensorflow_is_imported_only_if_a_solution_needs_it(course: Course) -> None:
    edit(course, "import keras\n", "")
    edit(course, "keras.ops.matmul", "np.matmul")
    edit(course, "keras.ops.convert_to_numpy(product + bias)", "product + bias")
    for path in course.mistakes(ASSIGNMENT, NOTEBOOK):
        path.unlink()
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from autograder.source.course import find_course\n"
        "from autograder.release.write import build_release\n"
        "files = build_release(find_course(Path(sys.argv[1])), sys.argv[2])\n"
        "print(len(files), 'tensorflow' in sys.modules, 'keras' in sys.modules)\n"
    )
    arguments = [str(course.root), ASSIGNMENT]
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["2", "False", "False"]


# Nothing of a solution


def _telling_lines(path: Path) -> set[str]:
    """Lines of a source that stand in solution regions only."""
    inside: set[str] = set()
    outside: set[str] = set()
    within = False
    for line in path.read_text().splitlines():
        if re.fullmatch(r"\s*### (BEGIN|END) SOLUTION", line):
            within = "BEGIN" in line
        else:
            (inside if within else outside).add(line.strip())
    return {line for line in inside - outside if len(line) > 12}


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return value.splitlines()
    if isinstance(value, dict):
        return [line for item in value.values() for line in _texts(item)]
    if isinstance(value, list):
        return [line for item in value for line in _texts(item)]
    return []


def _assert_clean(course: Course, assignment: str) -> None:
    telling: set[str] = set()
    shown: set[str] = set()  # What one notebook shows to all is no secret of another.
    for notebook in course.notebooks(assignment):
        source = course.source(assignment, notebook)
        lines = _telling_lines(source)
        assert lines, f"{source} has no solution"
        public = {line.strip() for line in source.read_text().splitlines()} - lines
        for variant in read_variants(course, assignment, notebook):
            code = "\n".join(variant.cells.values())
            lines |= {s for line in code.splitlines() if len(s := line.strip()) > 12} - public
        telling |= lines
        shown |= public
    telling -= shown
    folders = {course.assignments_dir / assignment, course.cases_dir / assignment}
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    names = {p.name for p in files}
    assert {f"{name}.ipynb" for name in course.notebooks(assignment)} <= names
    for path in files:
        if path.name == LOCK:
            continue  # Digests alone: test_release_lock.py.
        assert path.suffix in (".ipynb", ".cases"), path
        assert not {"mistakes", "answers", "__pycache__", "solutions"} & set(path.parts[-4:]), path
        if path.suffix == ".cases":
            parts = [tree for tree, _ in contents(path.read_bytes()).values()]
        else:
            parts = [json.loads(path.read_text())]
        lines = {line.strip() for part in parts for line in _texts(part)}
        assert not any("BEGIN SOLUTION" in line for line in lines), path
        found = lines & telling
        assert not found, f"{path}: {sorted(found)[:3]}"
        if path.suffix == ".ipynb":
            text = path.read_text()
            for cell in nbformat.reads(text, as_version=4).cells:
                assert not cell.get("outputs"), path
                assert cell.get("execution_count") is None, path


def test_nothing_of_a_solution_is_released(released: Course) -> None:
    _assert_clean(released, ASSIGNMENT)


def test_a_leak_would_be_found(released: Course, tmp_path: Path) -> None:
    course = make_course(tmp_path)
    for path, content in build_release(course, ASSIGNMENT).items():
        (course.root / path).parent.mkdir(parents=True, exist_ok=True)
        (course.root / path).write_bytes(content)
    path = course.released(ASSIGNMENT, NOTEBOOK)
    path.write_text(
        path.read_text().replace("# YOUR CODE HERE", "product = keras.ops.matmul(x, kernel)")
    )
    with pytest.raises(AssertionError, match=r"keras\.ops\.matmul"):
        _assert_clean(course, ASSIGNMENT)


@pytest.mark.parametrize("assignment", REAL.assignments())
def test_nothing_of_a_real_solution_is_released(assignment: str) -> None:
    if not (REAL.assignments_dir / assignment).is_dir():
        pytest.skip(f"{assignment} has not been released yet")
    _assert_clean(REAL, assignment)


def test_public_cases_can_all_be_read_and_are_small() -> None:
    for name in known_checks(REAL.cases_dir):
        public = thaw(name, REAL.cases_dir)
        assert public is not None
        assert public.cases, name
    for path in REAL.cases_dir.rglob("*.cases"):
        assert path.stat().st_size < 1 << 19, f"{path}: every student downloads it"


@pytest.mark.slow
@pytest.mark.parametrize("assignment", REAL.assignments())
def test_the_committed_release_is_up_to_date(assignment: str) -> None:
    assert check_release(REAL, [assignment], rebuild=True) == []
