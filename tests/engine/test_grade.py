"""Grading a class: what is written, what is kept, what is repaired, and when it is ungraded."""

from __future__ import annotations

import gc
import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from courses import tiny

from autograder._exceptions import AutograderError, SandboxBroken
from autograder.grading.grade import GradingRun, grade
from autograder.grading.grader import Grader, open_grader
from autograder.grading.jobs import Options
from autograder.grading.plan import CheckPlan
from autograder.grading.workplace import Workplace
from autograder.records.results import SubmissionRecord, Verdict, read_record
from autograder.sandbox import namespaces_problem
from autograder.source.course import Course
from autograder.source.notebook import parse, read_source
from course_lib.checking import CaseResult, Observation

ISOLATION = "none" if namespaces_problem() else "namespaces"


def a_class(course: Course, folder: Path) -> Path:
    """Five students: right, a known mistake, untouched, no notebook, not a notebook."""
    tiny.hand_in(folder, "ada", tiny.submission(course))
    tiny.hand_in(folder, "bob", tiny.submission(course, double="def double(x): return x * x"))
    release = nbformat.read(course.released("a00_tiny", "tiny"), as_version=4)
    tiny.hand_in(folder, "cid", release)
    (folder / "dan" / "a00_tiny").mkdir(parents=True)
    (folder / "eve" / "a00_tiny").mkdir(parents=True)
    (folder / "eve" / "a00_tiny" / "tiny.ipynb").write_text('{"cells": [')
    return folder


def run(
    course: Course,
    submitted: Path,
    out: Path,
    students: Sequence[str] = (),
    on_start: Callable[[int], None] = lambda total: None,
    **how: Any,
) -> GradingRun:
    options = Options(isolation=ISOLATION, **how)
    return grade(course, "a00_tiny", submitted, out, options, students=students, on_start=on_start)


@pytest.fixture(scope="module")
def graded(
    tiny_course: Course, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path, GradingRun]:
    folder = tmp_path_factory.mktemp("class")
    submitted = a_class(tiny_course, folder / "submitted")
    return submitted, folder / "out", run(tiny_course, submitted, folder / "out", workers=2)


def test_scores_of_a_class(graded: tuple[Path, Path, GradingRun]) -> None:
    scores = {record.student: record.score for record in graded[2].records}
    assert scores == {"ada": 5, "bob": 1, "cid": 0, "dan": 0, "eve": None}
    (eve,) = graded[2].problems
    assert eve.startswith("eve: tiny could not be read. The file is ")


def test_everything_is_written(graded: tuple[Path, Path, GradingRun]) -> None:
    out = graded[1]
    for student in ("ada", "bob", "cid", "dan", "eve"):
        record = read_record(out / "results" / student / "a00_tiny.json")
        assert record is not None
        assert record.student == student
        assert (out / "feedback" / student / "a00_tiny" / "tiny.html").is_file()
    for student in ("ada", "bob", "cid"):
        path = out / "autograded" / student / "a00_tiny" / "tiny.ipynb"
        nbformat.validate(nbformat.read(path, as_version=4))
    assert (out / "gradebook.db").is_file()
    assert (out / "report" / "index.html").is_file()
    leftovers = [p for p in out.rglob(".*") if p.is_file() and p.name != ".lock"]
    assert leftovers == []


def test_the_schema_accepts_every_record(
    graded: tuple[Path, Path, GradingRun], repository: Path
) -> None:
    import jsonschema

    schema = json.loads((repository / "docs" / "result.schema.json").read_text())
    for path in (graded[1] / "results").glob("*/*.json"):
        jsonschema.validate(json.loads(path.read_text()), schema)


def test_what_is_missing_is_said(graded: tuple[Path, Path, GradingRun]) -> None:
    problems = {r.student: r.notebooks[0].problem for r in graded[2].records}
    assert problems["dan"] == "tiny.ipynb was not submitted."
    assert problems["eve"].startswith("The file is not a notebook")


def test_untouched_work_is_told_so_without_points(graded: tuple[Path, Path, GradingRun]) -> None:
    (cid,) = (record for record in graded[2].records if record.student == "cid")
    assert [check.verdict for check in cid.checks] == [Verdict.ERROR, Verdict.ERROR]
    assert cid.checks[0].findings[0].message == "This is not written yet."


def test_the_record_is_of_what_ran(tiny_course: Course, tmp_path: Path) -> None:
    """The file is replaced once it was read: before it runs."""
    submitted, out = tmp_path / "submitted", tmp_path / "out"
    wrong = tiny.submission(tiny_course, double="def double(x): return x * x")
    tiny.hand_in(submitted, "ada", wrong)
    assert run(tiny_course, submitted, out).records[0].score == 1
    right = tiny.submission(tiny_course, before="1 + 1")
    path = tiny.hand_in(submitted, "ada", right) / "tiny.ipynb"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()

    def replace(total: int = 1) -> None:
        tiny.hand_in(submitted, "ada", wrong)

    record = run(tiny_course, submitted, out, on_start=replace).records[0]
    assert (record.score, record.notebooks[0].digest) == (5, digest)
    # And the next run sees that something else lies there now.
    assert run(tiny_course, submitted, out).records[0].score == 1


def test_only_new_and_changed_work_is_graded_again(tiny_course: Course, tmp_path: Path) -> None:
    submitted, out = a_class(tiny_course, tmp_path / "submitted"), tmp_path / "out"
    assert run(tiny_course, submitted, out).graded == ["ada", "bob", "cid", "dan", "eve"]
    assert run(tiny_course, submitted, out).graded == []
    tiny.hand_in(submitted, "bob", tiny.submission(tiny_course))
    tiny.hand_in(submitted, "fay", tiny.submission(tiny_course))
    again = run(tiny_course, submitted, out)
    assert again.graded == ["bob", "fay"]
    assert {r.student: r.score for r in again.records}["bob"] == 5
    chosen = run(tiny_course, submitted, out, regrade=True, students=["ada"])
    assert chosen.graded == ["ada"]
    assert len(chosen.records) == 1


def without_times(record: SubmissionRecord) -> dict[str, object]:
    plain = record.model_dump()
    plain.pop("duration_seconds")
    for notebook in plain["notebooks"]:
        notebook.pop("cpu_seconds")
        for check in notebook["checks"]:
            check.pop("seconds")
    return plain


def test_the_number_of_workers_changes_nothing(tiny_course: Course, tmp_path: Path) -> None:
    submitted = a_class(tiny_course, tmp_path / "submitted")
    out = tmp_path / "out"
    one = run(tiny_course, submitted, out, workers=1).records
    for workers in (2, 4):
        more = run(tiny_course, submitted, out, workers=workers, regrade=True).records
        assert [without_times(r) for r in one] == [without_times(r) for r in more]


def test_each_round_draws_fresh_cases(tiny_course: Course, tmp_path: Path) -> None:
    submitted, out = tmp_path / "submitted", tmp_path / "out"
    tiny.hand_in(submitted, "bob", tiny.submission(tiny_course, double="def double(x): return x"))
    first = run(tiny_course, submitted, out).records[0].checks[0].findings
    second = run(tiny_course, submitted, out, round_number=2).records[0].checks[0].findings
    assert [f.expected for f in first] != [f.expected for f in second]
    keys = sorted((out / "rounds").iterdir())
    assert [key.name for key in keys] == ["1.key", "2.key"]
    assert all(key.stat().st_mode & 0o077 == 0 for key in keys)


def test_a_broken_machine_is_never_a_zero(
    tiny_course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted, out = tmp_path / "submitted", tmp_path / "out"
    tiny.hand_in(submitted, "ada", tiny.submission(tiny_course))

    def broken(*args: object, **kwargs: object) -> None:
        raise SandboxBroken("no processes left on this machine")

    with monkeypatch.context() as patch:
        patch.setattr("autograder.sandbox.Sandbox.spawn", broken)
        failed = run(tiny_course, submitted, out)
    assert failed.records[0].score is None
    assert [c.verdict for c in failed.records[0].checks] == [Verdict.UNGRADED] * 2
    # Who runs it is told the cause; the student is told that it is not their fault.
    assert failed.problems == [
        "ada: tiny could not be graded here. no processes left on this machine",
        "ada: double could not be graded",
        "ada: triple could not be graded",
    ]
    (page,) = (out / "feedback").rglob("*.html")
    assert "no processes" not in page.read_text() + failed.records[0].model_dump_json()
    assert "not your fault" in page.read_text()
    # The next run makes up for it.
    assert run(tiny_course, submitted, out).records[0].score == 5


def test_a_fault_of_the_grader_costs_one_student_and_no_points(
    tiny_course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted = a_class(tiny_course, tmp_path / "submitted")
    judge = CheckPlan.judge

    def faulty(
        plan: CheckPlan, answers: Sequence[Observation | CaseResult], explained: bool = True
    ) -> list[CaseResult]:
        seen = [answer.value for answer in answers if isinstance(answer, Observation)]
        if any(value is not None and np.size(value) > 3 for value in seen):
            raise SystemError("a fault")
        return judge(plan, answers, explained)

    with monkeypatch.context() as patch:
        patch.setattr(CheckPlan, "judge", faulty)
        found = run(tiny_course, submitted, tmp_path / "out")
    scores = {record.student: record.score for record in found.records}
    assert scores == {"ada": None, "bob": None, "cid": 0, "dan": 0, "eve": None}
    assert "ada: tiny could not be graded here. SystemError: a fault" in found.problems


class Waste:
    """Goes through the garbage collector, which runs this while something is parsed."""

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        for _ in range(50):
            pass


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="repaired in CPython")
def test_threads_that_parse_do_not_disturb_each_other() -> None:
    lines = "def f(a, b):\n    return [a + b * (c - a) for c in range(3) if (a, b)]\n" * 30
    code = "x = " + "[" * 40 + "]" * 40 + "\n" + lines

    def work(number: int) -> int:
        Waste()
        return len(parse(code).body)

    threshold, interval = gc.get_threshold(), sys.getswitchinterval()
    gc.set_threshold(1)
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(work, range(600))) == [31] * 600
    finally:
        gc.set_threshold(*threshold)
        sys.setswitchinterval(interval)


@pytest.fixture(scope="module")
def grader(tiny_course: Course, workplace: Workplace) -> Iterator[Grader]:
    with open_grader(tiny_course, "a00_tiny", key=bytes(32), workplace=workplace) as running:
        yield running


def cells_of(course: Course) -> nbformat.NotebookNode:
    return read_source(course.source("a00_tiny", "tiny"))


def check_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade")]


def test_an_edited_check_cell_is_restored(grader: Grader, tmp_path: Path) -> None:
    notebook = tiny.submission(grader.course, double="def double(x): return x")
    check_cells(notebook)[0].source = "pass"
    record = grader.grade("s", tiny.hand_in(tmp_path, "s", notebook)).record
    assert record.checks[0].verdict is Verdict.FAILED
    assert "edited" in record.notebooks[0].repairs[0]


def test_a_deleted_check_cell_is_put_back(grader: Grader, tmp_path: Path) -> None:
    notebook = cells_of(grader.course)
    gone = check_cells(notebook)[0]
    notebook.cells = [cell for cell in notebook.cells if cell is not gone]
    record = grader.grade("s", tiny.hand_in(tmp_path, "s", notebook)).record
    assert record.score == 5
    assert "missing" in record.notebooks[0].repairs[0]


def test_a_copied_check_cell_counts_once(grader: Grader, tmp_path: Path) -> None:
    """The accident that ends a whole run of nbgrader."""
    notebook = cells_of(grader.course)
    notebook.cells.append(nbformat.from_dict(check_cells(notebook)[0]))
    record = grader.grade("s", tiny.hand_in(tmp_path, "s", notebook)).record
    assert record.score == 5
    assert "copy" in record.notebooks[0].repairs[0]


def test_lost_metadata_is_made_up_for(grader: Grader, tmp_path: Path) -> None:
    notebook = cells_of(grader.course)
    for cell in notebook.cells:
        cell.metadata = {}
    assert grader.grade("s", tiny.hand_in(tmp_path, "s", notebook)).record.score == 5


def test_a_syntax_error_names_the_cell(grader: Grader, tmp_path: Path) -> None:
    notebook = tiny.submission(grader.course, double="def double(x:\n    return")
    check = grader.grade("s", tiny.hand_in(tmp_path, "s", notebook)).record.checks[0]
    assert check.verdict is Verdict.ERROR
    message = check.findings[0].message
    assert "The cell that should define `double` stopped with SyntaxError" in message
    assert message.endswith("(line 1)"), "nobody knows what IPython calls the cell"


def test_a_forbidden_call_is_named_by_syntax_and_at_run_time(
    grader: Grader, tmp_path: Path
) -> None:
    plain = "from numpy import add as plus\ndef double(x): return plus(x, x)"
    hidden = "def double(x): return getattr(np, 'a' + 'dd')(x, x)"
    for code in (plain, hidden):
        notebook = tiny.submission(grader.course, double=code)
        check = grader.grade("s", tiny.hand_in(tmp_path, "s", notebook)).record.checks[0]
        assert (check.verdict, check.score) == (Verdict.FAILED, 0)
        assert "`numpy.add`" in check.findings[0].message
    # A name that two functions have in common as a local does not tie their cells together.
    shared = "def double(x):\n    part = 2 * x\n    return part"
    other = "def triple(x):\n    part = x\n    return np.add(part, 2 * part)"
    notebook = tiny.submission(grader.course, double=shared, triple=other)
    assert grader.grade("s", tiny.hand_in(tmp_path, "s", notebook)).record.score == 5
    # Trying it out in a cell of one's own is nobody's business.
    notebook = tiny.submission(grader.course, before="print(np.add(1, 1))")
    assert grader.grade("s", tiny.hand_in(tmp_path, "s", notebook)).record.score == 5


def test_a_changed_input_is_noticed(grader: Grader, tmp_path: Path) -> None:
    notebook = tiny.submission(grader.course, double="def double(x):\n    x *= 2\n    return x")
    check = grader.grade("s", tiny.hand_in(tmp_path, "s", notebook)).record.checks[0]
    assert check.findings[0].message == "Your code changed its input `x` in place."


def printed(grader: Grader, notebook: nbformat.NotebookNode, folder: Path, **how: bool) -> str:
    """All text that the cells of a submission printed."""
    path = tiny.hand_in(folder, "someone", notebook) / "tiny.ipynb"
    graded = grader.grade_notebook(grader.plan.notebooks[0], path, **how)
    record, executed = graded.record, graded.executed
    assert sum(check.score or 0 for check in record.checks) == 5
    assert executed is not None
    outputs = (o for cell in executed.cells if cell.cell_type == "code" for o in cell.outputs)
    return "".join(output.get("text", "") for output in outputs)


def test_a_cell_that_only_draws_is_not_run(
    grader: Grader, tiny_course: Course, tmp_path: Path
) -> None:
    solved = tiny.submission(tiny_course)
    assert "Not run: this cell only draws" in printed(grader, solved, tmp_path)
    drawn = printed(grader, solved, tmp_path, figures=True)
    assert "the doubles are [0. 2. 4.]" in drawn
    assert "Not run" not in drawn


@pytest.mark.parametrize(
    "triple",
    [
        "def triple(x):\n    return 3 * x + 0 * shown[0]",
        "%time y = len(shown)\ndef triple(x):\n    return 3 * x",
    ],
)
def test_it_is_run_for_a_student_who_uses_its_names(
    grader: Grader, tiny_course: Course, tmp_path: Path, triple: str
) -> None:
    using = tiny.submission(tiny_course, triple=triple)
    assert "the doubles are" in printed(grader, using, tmp_path)


def test_it_is_run_for_a_student_who_changed_it(
    grader: Grader, tiny_course: Course, tmp_path: Path
) -> None:
    changed = tiny.submission(tiny_course)
    (cell,) = (c for c in changed.cells if "display" in c.metadata.get("tags", ()))
    cell.source += "\nprint('and mine')"
    assert "and mine" in printed(grader, changed, tmp_path)


def test_a_missing_folder_is_one_clear_line(tiny_course: Course, tmp_path: Path) -> None:
    with pytest.raises(AutograderError, match="No folder"):
        run(tiny_course, tmp_path / "nowhere", tmp_path / "out")
    (tmp_path / "empty").mkdir()
    with pytest.raises(AutograderError, match="No submissions of a00_tiny"):
        run(tiny_course, tmp_path / "empty", tmp_path / "out")


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("[[2.0 * v for v in row] for row in x] if x.ndim == 2 else list(map(float, 2 * x))", True),
        ("[[1.0], [2.0, 3.0]]", False),
        ("[['a', 'b'], ['c', 'd']]", False),
        ("[]", False),
    ],
)
def test_nested_lists_of_numbers_are_as_good_as_an_array(
    grader: Grader, tmp_path: Path, answer: str, right: bool
) -> None:
    source = f"def double(x):\n    return ({answer}) if x.ndim < 3 else 2 * x"
    notebook = tiny.submission(grader.course, double=source)
    check = grader.grade("s", tiny.hand_in(tmp_path, "s", notebook)).record.checks[0]
    assert (check.verdict is Verdict.PASSED) == right
