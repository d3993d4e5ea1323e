"""Limits: what costs points does not depend on what else the machine does.

The times in here are CPU time that code takes of itself, and limits of the small course; no test
looks at a clock.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from courses import descent

from autograder.grading.definitions import stop_above
from autograder.grading.grade import grade
from autograder.grading.grader import Grader, open_grader
from autograder.grading.jobs import Options
from autograder.grading.transcript import Stop
from autograder.grading.workplace import Workplace
from autograder.records.outcomes import Death
from autograder.records.results import CheckRecord, NotebookRecord, SubmissionRecord, Verdict
from autograder.sandbox import namespaces_problem
from autograder.source.course import Course

ISOLATION = "none" if namespaces_problem() else "namespaces"

COMPUTES = """
import time
def train(state):
    while time.process_time() < {seconds}: pass
    for _ in range(100): state["weights"] = step(state["weights"])
"""
HANGS = """
import threading
def train(state):
    state["weights"] = step(state["weights"])
    threading.Event().wait()
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return descent.make_course(tmp_path_factory.mktemp("descent"))


@pytest.fixture(scope="module")
def place(course: Course) -> Iterator[Workplace]:
    with Workplace(course, [descent.ASSIGNMENT], ISOLATION) as running:
        yield running


@pytest.fixture(scope="module")
def grader(course: Course, place: Workplace) -> Iterator[Grader]:
    with open_grader(course, descent.ASSIGNMENT, key=bytes(32), workplace=place) as running:
        yield running


def graded(grader: Grader, folder: Path, **code: str) -> NotebookRecord:
    handed_in = descent.hand_in(grader.course, folder, "student", **code)
    return grader.grade("student", handed_in).record.notebooks[0]


def by_name(record: NotebookRecord) -> dict[str, CheckRecord]:
    return {check.name: check for check in record.checks}


def scores(record: NotebookRecord) -> dict[str, float | None]:
    return {check.name: check.score for check in record.checks}


class Busy:
    """Four endless loops for each processor, from `start` to `close`."""

    def __init__(self) -> None:
        self._loops: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        command = [sys.executable, "-S", "-c", "while True: pass"]
        for _ in range(4 * (os.cpu_count() or 1)):
            self._loops.append(subprocess.Popen(command))

    def close(self) -> None:
        for loop in self._loops:
            loop.kill()
            loop.wait()


def test_a_class_beside_busy_loops_gets_the_same_points(
    course: Course, place: Workplace, tmp_path: Path
) -> None:
    """A second of CPU time takes longer than the limit of three here, and costs nothing."""
    honest = COMPUTES.format(seconds=1)
    descent.hand_in(course, tmp_path / "submitted", "alone", train=honest)
    descent.hand_in(course, tmp_path / "submitted", "beside", train=honest)
    descent.hand_in(course, tmp_path / "submitted", "hangs beside", train=HANGS)
    busy = Busy()

    def then(record: SubmissionRecord) -> None:
        if record.student == "alone":
            busy.start()

    with contextlib.closing(busy):
        run = grade(
            course,
            descent.ASSIGNMENT,
            tmp_path / "submitted",
            tmp_path / "out",
            Options(workplace=place, workers=1),
            on_graded=then,
        )
    alone, beside, hangs = (record.notebooks[0] for record in run.records)
    assert scores(alone) == scores(beside) == {"step": 2, "trained": 2, "norm": 1}
    assert beside.repairs == []
    assert scores(hangs) == {"step": 2, "trained": 0, "norm": 1}
    assert by_name(hangs)["trained"].verdict is Verdict.TIMEOUT
    assert run.problems == []


CUT_OFF = {
    "it hangs": (HANGS, "threading.Event().wait()"),
    "it never ends": (
        'def train(state):\n    while True: state["weights"] = state["weights"] + 0',
        "while True",
    ),
    "it ends the process": ("import os\ndef train(state): os._exit(0)", ""),
    "it does not let itself be interrupted": (
        "import time\ndef train(state):\n    while True:\n        try: time.sleep(9)\n"
        "        except BaseException: pass",
        "",
    ),
}


@pytest.mark.parametrize("how", CUT_OFF)
def test_what_a_cell_left_undone_is_not_judged(grader: Grader, tmp_path: Path, how: str) -> None:
    """The weights are there and wrong: no sentence of the record says that."""
    code, line = CUT_OFF[how]
    found = by_name(graded(grader, tmp_path, train=code))
    assert [found["step"].score, found["norm"].score] == [2, 1]
    trained = found["trained"]
    expected = Verdict.CRASHED if how == "it ends the process" else Verdict.TIMEOUT
    assert (trained.verdict, trained.score) == (expected, 0)
    (finding,) = trained.findings
    assert finding.message.startswith("A cell above did not come to its end: `train(state)`.")
    assert "not judged" in finding.message
    assert line in finding.where


def test_a_hang_is_named_as_one(grader: Grader, tmp_path: Path) -> None:
    record = graded(
        grader, tmp_path, train=HANGS, norm="import time\ndef norm(weights):\n    time.sleep(999)"
    )
    (repair,) = record.repairs
    assert repair.startswith("A cell was interrupted after 3 s in which it computed nothing (line")
    trained = by_name(record)["trained"].findings[0]
    assert "This hung: for 3 s it computed nothing" in trained.message
    # Who hung once is waited for half as long, and the message says how long.
    norm = by_name(record)["norm"].findings[0]
    assert norm.message.startswith("This hung: for 1.5 s it computed nothing and only waited.")
    assert "line 3, in norm: time.sleep(999)" in norm.where


def test_an_endless_loop_ends_by_cpu_time(grader: Grader, tmp_path: Path) -> None:
    endless = "def norm(weights):\n    while True: pass"
    norm = by_name(graded(grader, tmp_path, norm=endless))["norm"]
    assert (norm.verdict, norm.score) == (Verdict.TIMEOUT, 0)
    assert norm.findings[0].message == "This used more than 3 s of CPU time and was stopped."
    assert "in norm: while True: pass" in norm.findings[0].where


def test_many_pauses_are_no_hang(grader: Grader, tmp_path: Path) -> None:
    """Who computes and waits by turns, as one does to show how a training goes, ends by itself."""
    pausing = (
        "import time\ndef train(state):\n    for _ in range(6):\n"
        "        time.sleep(0.5)\n"
        "        until = time.process_time() + 0.5\n"
        "        while time.process_time() < until: pass\n"
        '    for _ in range(100): state["weights"] = step(state["weights"])'
    )
    impatient = grader.under(replace(grader.course.limits, cell_seconds=30, idle_seconds=2))
    assert scores(graded(impatient, tmp_path, train=pausing))["trained"] == 2


def test_wall_time_is_nobodys_zero(course: Course, place: Workplace, tmp_path: Path) -> None:
    """Ungraded when the machine was too busy; graded by the next run, when it is quiet."""
    submitted, out = tmp_path / "submitted", tmp_path / "out"
    descent.hand_in(course, submitted, "ada", train=COMPUTES.format(seconds=2))
    hurried = replace(course.limits, submission_seconds=0.5)
    options = Options(workplace=place, limits=hurried)
    run = grade(course, descent.ASSIGNMENT, submitted, out, options)
    (record,) = run.records
    assert record.score is None
    assert {check.verdict for check in record.notebooks[0].checks} == {Verdict.UNGRADED}
    assert "this is not your fault" in record.notebooks[0].problem
    assert any("The machine was too busy" in problem for problem in run.problems)
    run = grade(course, descent.ASSIGNMENT, submitted, out, Options(workplace=place))
    assert run.graded == ["ada"]
    assert run.records[0].score == 5


def test_a_notebook_that_only_sleeps_ends(grader: Grader, tmp_path: Path) -> None:
    """However many cells it has: what was not reached says why."""
    folder = descent.hand_in(grader.course, tmp_path, "student")
    path = folder / "descent.ipynb"
    notebook = nbformat.read(path, as_version=4)
    naps = [
        nbformat.v4.new_code_cell("import time; time.sleep(0.4)", id=f"nap-{n}") for n in range(60)
    ]
    notebook.cells = notebook.cells[:2] + naps + notebook.cells[2:]
    nbformat.write(notebook, path)
    sleepy = grader.under(replace(grader.course.limits, idle_seconds=0.5))
    found = sleepy.grade("student", folder).record.notebooks[0].checks
    assert {check.verdict for check in found} == {Verdict.NOT_REACHED}
    assert "it had done nothing for 5 s in all" in found[0].findings[0].message


BUILT_ON = {
    "a name that it defines": ("model = fit()", "check('c', model)", True),
    "a name that it would have defined, through a helper": (
        "model = fit()\n\ndef accuracy():\n    return score(model)",
        "check('c', accuracy())",
        True,
    ),
    "an object that it changes": ("history = model.fit(x)", "check('c', model)", True),
    "an object that it changes, by way of another name": (
        "net.fit(x)\n\nscores = model(x)",
        "check('c', scores)",
        True,
    ),
    "a helper above it that reads what it sets": ("trained = fit()", "check('c', late)", True),
    "a cell that is not understood": ("globals()['model'].fit(x)", "check('c', model)", False),
    "another function": ("model.fit(x)", "check('c', other)", False),
    "a function with a local variable of that name": ("y = fit()", "check('c', local)", False),
}


@pytest.mark.parametrize("what", BUILT_ON)
def test_what_a_check_builds_on(what: str) -> None:
    """Names and objects, as far as they flow; a check above the cell is never held up by it."""
    cut, asked, expected = BUILT_ON[what]
    above = (
        "import numpy as np\n\nmodel = make()\nnet = model\n\ny = 1\n\n"
        "def late():\n    return trained + 1\n\ndef other(a):\n    return a\n\n"
        "def local(y):\n    return y"
    )
    parts = [*above.split("\n\n"), asked, *cut.split("\n\n"), asked]
    cells = [nbformat.v4.new_code_cell(part) for part in parts]
    place = len(parts) - 1 - len(cut.split("\n\n"))
    for cell, name in ((cells[-1], "c"), (cells[place - 1], "above")):
        cell.metadata["nbgrader"] = {"grade": True, "solution": False, "grade_id": name}
    notebook = nbformat.v4.new_notebook(cells=cells)
    stop = Stop(Death.TIMEOUT, 60, cell=parts[place])
    found = stop_above("c", notebook, {place: stop}, set())
    assert found == (stop if expected else None)
    assert stop_above("above", notebook, {place: stop}, set()) is None
